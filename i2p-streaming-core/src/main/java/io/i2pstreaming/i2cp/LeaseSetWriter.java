package io.i2pstreaming.i2cp;

/**
 * Answers a lease request with a signed lease set. Holds the encryption keys of one session; two
 * forms exist, for current and for old routers.
 */
interface LeaseSetWriter {
  /** Makes {@code out} the answering frame, dated by the router's clock. */
  void write(FrameOutput out, int sessionId, LeaseRequest request, long epochMillis);
}
