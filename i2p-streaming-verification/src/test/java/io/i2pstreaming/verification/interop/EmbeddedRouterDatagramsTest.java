package io.i2pstreaming.verification.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.i2pstreaming.RawDatagrams;
import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import io.i2pstreaming.identity.SigningKeyType;
import io.i2pstreaming.link.TcpRouterAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.i2p.client.datagram.I2PDatagramDissector;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("interop")
@DisplayName("B6 datagrams of the reference library beside streams, on one destination each")
class EmbeddedRouterDatagramsTest {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final byte[] TEXT = "not a stream".getBytes(StandardCharsets.US_ASCII);
  private static final String HEX = HexFormat.of().formatHex(TEXT);

  private record Heard(int protocol, int fromPort, int toPort, String hex) {}

  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final DestinationKeys keys =
      DestinationKeys.generate(SigningKeyType.EDDSA_SHA512_ED25519, new SecureRandom());

  @Test
  void travelBothWaysWhileStreamsRun() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (EmbeddedRouter router = EmbeddedRouter.builder().port(0).build()) {
      router.start();
      try (OurPeer ours =
              OurPeer.start(new TcpRouterAddress("127.0.0.1", router.port()), List.of(), keys);
          RemotePeer reference = RemotePeer.start(router.port())) {
        RawDatagrams datagrams = ours.manager().rawDatagrams(this::hear, threads);
        reference.serve(7, Service.ECHO);
        ours.serve(7, Service.ECHO);
        CompletableFuture<Report> outgoing =
            CompletableFuture.supplyAsync(() -> echo(ours, reference), threads);
        CompletableFuture<Report> incoming =
            CompletableFuture.supplyAsync(() -> echo(reference, ours), threads);
        fromTheReference(ours, reference);
        toTheReference(datagrams, ours, reference);
        for (Report report : List.of(outgoing.get(), incoming.get())) {
          assertThat(report.failure()).isEmpty();
          assertThat(report.receivedSha256()).isEqualTo(report.sentSha256());
        }
        assertThat(datagrams.totals()).isEqualTo(new RawDatagrams.Totals(2, 0, 0, 3, 0));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Report echo(Peer from, Peer to) {
    return from.dial(Exchange.ECHO, to.destination(), 7, 1 << 20, 1, DEADLINE);
  }

  private void fromTheReference(OurPeer ours, RemotePeer reference) throws Exception {
    reference.sendDatagram(ours.destination(), 17, 7, 8, HEX);
    Heard repliable = heard.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    assertThat(repliable).isNotNull();
    assertThat(repliable.protocol()).isEqualTo(17);
    I2PDatagramDissector dissector = new I2PDatagramDissector();
    dissector.loadI2PDatagram(HexFormat.of().parseHex(repliable.hex()));
    assertThat(dissector.getSender().toBase64()).isEqualTo(reference.destination());
    assertThat(dissector.getPayload()).isEqualTo(TEXT);

    reference.sendDatagram(ours.destination(), 18, 7, 8, HEX);
    Heard raw = heard.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    assertThat(raw).isEqualTo(new Heard(18, 7, 8, HEX));
  }

  private void toTheReference(RawDatagrams datagrams, OurPeer ours, RemotePeer reference) {
    Destination to = Destination.fromBase64(reference.destination());
    datagrams.send(to, 17, 3, 4, repliable());
    assertThat(reference.nextDatagram(DEADLINE))
        .isEqualTo("17 3 4 " + ours.destination() + " " + HEX);
    datagrams.send(to, 18, 3, 7, TEXT);
    assertThat(reference.nextDatagram(DEADLINE)).isEqualTo("18 3 7 - " + HEX);
    datagrams.send(to, 20, 0, 0, TEXT);
    assertThat(reference.nextDatagram(DEADLINE)).isEqualTo("20 0 0 - " + HEX);
  }

  /**
   * Datagram specification, "Repliable Datagrams": destination, signature of the payload, payload.
   */
  private byte[] repliable() {
    int signature = keys.destination().length();
    int payload = signature + keys.signingType().signatureLength();
    byte[] datagram = new byte[payload + TEXT.length];
    keys.destination().writeTo(datagram, 0);
    System.arraycopy(TEXT, 0, datagram, payload, TEXT.length);
    keys.sign(datagram, payload, TEXT.length, datagram, signature);
    return datagram;
  }

  private void hear(int protocol, int fromPort, int toPort, byte[] payload) {
    heard.add(new Heard(protocol, fromPort, toPort, HexFormat.of().formatHex(payload)));
  }
}
