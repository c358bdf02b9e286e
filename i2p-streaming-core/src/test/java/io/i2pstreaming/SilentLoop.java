package io.i2pstreaming;

import io.i2pstreaming.connection.ConnectionConfig;
import io.i2pstreaming.endpoint.AdmissionRules;
import io.i2pstreaming.endpoint.EndpointConfig;
import io.i2pstreaming.facade.StreamEnd;
import io.i2pstreaming.i2cp.SessionOptions;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.link.TcpRouterAddress;
import io.i2pstreaming.loop.LoopSettings;
import io.i2pstreaming.loop.SessionLoop;
import io.i2pstreaming.loop.TimeSource;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/**
 * A loop that nobody starts, with what a manager keeps beside it: whatever it is told, it waits.
 */
final class SilentLoop {
  final DestinationKeys keys =
      DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom());
  final SessionJournal journal = new SessionJournal("silent", Clock.systemUTC());
  final ConnectionConfig numbers = StreamingOptions.defaults().toConnectionConfig(false);
  final SessionLoop loop;
  final StreamEnd.Factory factory;

  SilentLoop() {
    StreamingOptions options = StreamingOptions.defaults();
    loop =
        new SessionLoop(
            new LoopSettings(
                "silent",
                new TcpRouterAddress("127.0.0.1", 1),
                null,
                keys,
                SessionOptions.sessionConfig(Map.of()),
                new EndpointConfig(numbers, true, AdmissionRules.NONE, options.pathSharing()),
                new SecureRandom(),
                TimeSource.system()),
            journal);
    factory = new StreamEnd.Factory(loop, journal, Failures::exception);
  }

  /** A stream to be dialled to port 80. */
  StreamEnd stream() {
    return factory.outgoing(numbers, 0, 80);
  }
}
