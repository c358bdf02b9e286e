package io.i2pstreaming.verification.interop;

/**
 * What one side saw of one stream.
 *
 * @param sent bytes written
 * @param sentSha256 their SHA-256 in hexadecimal
 * @param received bytes read
 * @param receivedSha256 their SHA-256 in hexadecimal
 * @param endSeen whether the end of the peer's bytes was seen
 * @param connectMillis milliseconds that dialling took; 0 for an accepted stream
 * @param millis milliseconds from the open stream to the last byte read, or, where nothing was to
 *     be read, to the last byte written and, where that can be known, acknowledged
 * @param failure class and message of what went wrong, or empty
 */
record Report(
    long sent,
    String sentSha256,
    long received,
    String receivedSha256,
    boolean endSeen,
    long connectMillis,
    long millis,
    String failure) {

  static Report failed(String failure) {
    return new Report(0, "", 0, "", false, 0, 0, failure);
  }

  boolean ok() {
    return failure.isEmpty();
  }

  /** Kilobytes (1000 bytes) per second of the direction in which more bytes went. */
  long kilobytesPerSecond() {
    return Math.max(sent, received) / Math.max(1, millis);
  }

  /** One line, read back by {@link #parse}. */
  String toLine() {
    return String.join(
        "\t",
        Long.toString(sent),
        sentSha256,
        Long.toString(received),
        receivedSha256,
        Boolean.toString(endSeen),
        Long.toString(connectMillis),
        Long.toString(millis),
        failure.replaceAll("\\s+", " "));
  }

  static Report parse(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != 8) {
      return failed("not a report: " + line);
    }
    return new Report(
        Long.parseLong(fields[0]),
        fields[1],
        Long.parseLong(fields[2]),
        fields[3],
        Boolean.parseBoolean(fields[4]),
        Long.parseLong(fields[5]),
        Long.parseLong(fields[6]),
        fields[7]);
  }
}
