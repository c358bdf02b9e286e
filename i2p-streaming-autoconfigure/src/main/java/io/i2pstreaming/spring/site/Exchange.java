package io.i2pstreaming.spring.site;

import io.i2pstreaming.I2PAddress;
import io.i2pstreaming.I2PSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one stream on their way to the application, and the answers on their way back. Knows
 * the connection to the application, which opens with the first whole head and serves the stream's
 * later requests too. Used by the stream's thread.
 */
final class Exchange {
  private static final int MAX_INTERIM = 20;

  /**
   * An application may know the end of a body before its last byte is here, by counting brackets
   * for example; that is no early answer. A really early one ends its stream, and can wait so long.
   */
  private static final Duration BODY_GRACE = Duration.ofSeconds(1);

  /** How long the last bytes of a body, which are here, may take to an application that answers. */
  private static final Duration LAST_BYTES = Duration.ofSeconds(10);

  private final I2PSocket stream;
  private final StrictInput peer;
  private final Origin origin;
  private final SiteSettings settings;
  private final HeaderRules rules;
  private final String secret;
  private final Executor executor;
  private final BooleanSupplier ending;

  private @Nullable OriginConnection connection;
  private boolean answering;

  Exchange(
      I2PSocket stream,
      StrictInput peer,
      Origin origin,
      SiteSettings settings,
      HeaderRules rules,
      String secret,
      Executor executor,
      BooleanSupplier ending) {
    this.stream = stream;
    this.peer = peer;
    this.origin = origin;
    this.settings = settings;
    this.rules = rules;
    this.secret = secret;
    this.executor = executor;
    this.ending = ending;
  }

  /** Whether the caller has got a part of an answer, so that it cannot get another one. */
  boolean isAnswering() {
    return answering;
  }

  void close() {
    OriginConnection open = connection;
    if (open != null) {
      open.close();
    }
  }

  /**
   * Brings one request to the application and its answer back.
   *
   * @return what to do with the stream
   */
  After relay(RequestHead head) throws IOException {
    answering = false;
    PeerPatience patience = new PeerPatience(settings.bodyTimeout());
    peer.eachWithin(settings.bodyTimeout(), patience);
    OriginConnection to = send(head);
    RequestBodyPump pump = head.body().isEmpty() ? null : pump(head, to);
    ResponseHead response;
    BodyOutput out = new BodyOutput(new PeerOutput(stream.getOutputStream(), patience));
    try {
      response = finalResponse(head, to, out, pump, settings.responseTimeout());
    } catch (IOException e) {
      throwFailureOfPeer(pump);
      throw e;
    }
    // An application may answer the torso of a request, whose sender has to hear what was wrong.
    throwFailureOfPeer(pump);
    if (response.status() == 101) {
      answering = true;
      out.head(response.forPeer("Connection: Upgrade\r\nUpgrade: websocket\r\n", false, null));
      out.flush();
      return After.TUNNEL;
    }
    boolean keep = answer(head, response, to, out, pump);
    answering = false;
    return keep ? After.NEXT_REQUEST : After.CLOSE;
  }

  private static void throwFailureOfPeer(@Nullable RequestBodyPump pump) throws IOException {
    IOException failure = pump == null ? null : pump.failureOfPeer();
    if (failure != null) {
      throw failure;
    }
  }

  /** What becomes of the stream behind an answer. */
  enum After {
    NEXT_REQUEST,
    CLOSE,
    TUNNEL
  }

  /** Sends the head; if the application has ended the connection meanwhile, on a new one. */
  private OriginConnection send(RequestHead head) throws IOException {
    OriginConnection to = connection;
    if (to != null && !to.isFresh()) {
      to.close();
      to = null;
    }
    if (to == null) {
      to = OriginConnection.open(origin, settings.responseTimeout());
      connection = to;
    }
    String host = settings.host() != null ? settings.host() : head.host();
    byte[] bytes =
        head.forOrigin(rules, stream.remoteDestination(), secret, host == null ? ownName() : host);
    try {
      to.out().write(bytes);
      to.out().flush();
    } catch (IOException e) {
      if (!to.isUsed() || !head.isRepeatable()) {
        throw new RefusedRequestException(Refusal.BAD_GATEWAY, "no request was taken: " + e);
      }
      to.close();
      to = OriginConnection.open(origin, settings.responseTimeout());
      connection = to;
      to.out().write(bytes);
      to.out().flush();
    }
    return to;
  }

  private String ownName() {
    return ((I2PAddress) stream.getLocalSocketAddress()).name();
  }

  private RequestBodyPump pump(RequestHead head, OriginConnection to)
      throws RefusedRequestException {
    RequestBodyPump pump = new RequestBodyPump(head, peer, to, rules);
    try {
      executor.execute(pump);
    } catch (RejectedExecutionException e) {
      throw new RefusedRequestException(Refusal.UNAVAILABLE, "no thread for a request's body");
    }
    return pump;
  }

  /** Waits for the final response and passes on what comes before. */
  private static ResponseHead finalResponse(
      RequestHead head,
      OriginConnection from,
      BodyOutput out,
      @Nullable RequestBodyPump pump,
      Duration timeout)
      throws IOException {
    from.in().eachWithin(timeout, null);
    for (int i = 0; i < MAX_INTERIM; i++) {
      try {
        if (!awaitResponse(from, pump)) {
          throw new RefusedRequestException(Refusal.BAD_GATEWAY, "no answer");
        }
        ResponseHead response = ResponseHead.read(from.in());
        if (response.status() == 101 && !head.isUpgrade()) {
          throw new RefusedRequestException(Refusal.BAD_GATEWAY, "101 that nobody asked for");
        }
        if (!response.isInterim()) {
          return response;
        }
        if (head.isHttp11()) {
          out.head(response.forPeer("", false, null));
          out.flush();
        }
      } catch (SocketTimeoutException e) {
        throw new RefusedRequestException(Refusal.GATEWAY_TIMEOUT, "no answer in time");
      } catch (RefusedRequestException e) {
        throw e;
      } catch (IOException e) {
        throw new RefusedRequestException(Refusal.BAD_GATEWAY, "no answer: " + e);
      }
    }
    throw new RefusedRequestException(Refusal.BAD_GATEWAY, "nothing but interim answers");
  }

  /** As long as the caller still sends, the application has no reason to answer. */
  private static boolean awaitResponse(OriginConnection from, @Nullable RequestBodyPump pump)
      throws IOException {
    while (true) {
      boolean bodyUnderWay = pump != null && !pump.hasEnded();
      try {
        return from.in().await();
      } catch (SocketTimeoutException e) {
        if (!bodyUnderWay) {
          throw e;
        }
      }
    }
  }

  /** Passes on the final response; true if the stream can take a further request. */
  private boolean answer(
      RequestHead head,
      ResponseHead response,
      OriginConnection from,
      BodyOutput out,
      @Nullable RequestBodyPump pump)
      throws IOException {
    BodyLength length = response.body(head.isHead());
    boolean hasBody = length != BodyLength.NONE;
    boolean openEnded = hasBody && length.isOpenEnded();
    boolean chunked = openEnded && head.isHttp11();
    // An answer that is made of the body as it comes, by an echo for example, cannot wait for it.
    boolean alongside = chunked && pump != null && pump.hasBegun();
    boolean keep =
        head.keepsAlive()
            && !ending.getAsBoolean()
            && (chunked || !openEnded)
            && (alongside || isRead(pump, BODY_GRACE));
    StringBuilder own = new StringBuilder();
    if (chunked) {
      BodyLength.CHUNKED.appendTo(own);
    } else if (hasBody && !openEnded) {
      length.appendTo(own);
    }
    if (!keep) {
      own.append("Connection: close\r\n");
    } else if (!head.isHttp11()) {
      own.append("Connection: keep-alive\r\n");
    }
    String plainHost = origin.isTls() ? head.host() : null;
    answering = true;
    out.head(response.forPeer(own.toString(), head.isHead(), plainHost));
    if (hasBody) {
      InputStream body = length.open(from.in());
      out.copy(body, length, from.in(), chunked, ResponseHead::trailers, () -> {});
    } else {
      out.flush();
    }
    from.used();
    keep = keep && isRead(pump, BODY_GRACE);
    if (!keep
        || !response.keepsAlive()
        || length == BodyLength.UNTIL_CLOSE
        || !(pump == null || pump.isWhole(LAST_BYTES))) {
      from.close();
      connection = null;
    }
    return keep;
  }

  private static boolean isRead(@Nullable RequestBodyPump pump, Duration wait) throws IOException {
    return pump == null || pump.isRead(wait);
  }

  /** Bytes both ways until both directions have ended. */
  void tunnel() throws IOException {
    OriginConnection to = connection;
    if (to == null) {
      return;
    }
    peer.eachWithin(Duration.ZERO, null);
    to.in().eachWithin(Duration.ZERO, null);
    Tunnel tunnel = new Tunnel(stream, peer, to);
    try {
      executor.execute(tunnel::peerToOrigin);
    } catch (RejectedExecutionException e) {
      to.close();
      stream.reset();
      return;
    }
    tunnel.originToPeer();
  }
}
