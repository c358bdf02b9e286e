package io.i2pstreaming.i2cp;

import static io.i2pstreaming.i2cp.ScriptedSession.KEYS;
import static io.i2pstreaming.i2cp.ScriptedSession.SECOND;
import static io.i2pstreaming.i2cp.ScriptedSession.SESSION;
import static io.i2pstreaming.i2cp.ScriptedSession.ownHash;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A20 lookups through the router")
class HostLookupsTest {
  @Test
  void namesAndHashesAreAskedForAndMatchedByRequestId() throws Exception {
    ScriptedSession session = ScriptedSession.up();
    session.client.lookup(session.now, 1, "Example.I2P", 10 * SECOND);
    session.client.lookup(session.now, 2, ownHash(), 10 * SECOND);
    session.client.lookup(session.now, 3, KEYS.destination().base32(), 10 * SECOND);

    FrameInput name = session.next(MessageType.HOST_LOOKUP).body();
    assertThat(name.u16()).isEqualTo(SESSION);
    long nameId = name.u32();
    assertThat(name.u32()).isEqualTo(10_000);
    assertThat(name.u8()).isEqualTo(1);
    assertThat(name.string()).isEqualTo("example.i2p");
    long[] hashIds = new long[2];
    for (int i = 0; i < 2; i++) {
      FrameInput hash = session.next(MessageType.HOST_LOOKUP).body();
      hash.u16();
      hashIds[i] = hash.u32();
      hash.u32();
      assertThat(hash.u8()).isZero();
      assertThat(hash.bytes(32)).isEqualTo(ownHash().bytes());
      assertThat(hash.remaining()).isZero();
    }
    assertThat(session.client.outstandingLookups()).isEqualTo(3);

    session.hostReply(0xffff, hashIds[1], 0, KEYS.destination().bytes());
    session.hostReply(SESSION, nameId, 1, new byte[0]);
    session.hostReply(SESSION, hashIds[0], 0, KEYS.destination().bytes());
    session.hostReply(SESSION, nameId, 0, KEYS.destination().bytes());
    assertThat(session.told)
        .containsExactly("lookup 3 found", "lookup 1 nothing", "lookup 2 found");
    assertThat(session.client.outstandingLookups()).isZero();
    assertThat(session.client.ignoredFrames()).isEqualTo(1);
  }

  @Test
  void silentRouterIsNotWaitedForLongerThanAsked() throws Exception {
    ScriptedSession session = ScriptedSession.up();
    session.client.lookup(session.now, 1, "a.i2p", 10 * SECOND);
    session.client.lookup(session.now, 2, "b.i2p", 3 * SECOND);
    long asked = session.now;
    session.toNextDeadline();
    assertThat(session.now - asked).isEqualTo(3 * SECOND);
    assertThat(session.told).containsExactly("lookup 2 nothing");
    session.toNextDeadline();
    assertThat(session.now - asked).isEqualTo(10 * SECOND);
    assertThat(session.told).containsExactly("lookup 2 nothing", "lookup 1 nothing");
    assertThat(session.client.nextDeadline()).isEqualTo(I2cpClient.NEVER);
    assertThat(session.client.isUp()).isTrue();
  }

  @Test
  void anotherDestinationThanAskedForIsNotBelieved() throws Exception {
    ScriptedSession session = ScriptedSession.up();
    session.client.lookup(session.now, 1, ownHash(), 10 * SECOND);
    session.hostReply(SESSION, 1, 0, ScriptedSession.otherDestination().bytes());
    session.client.lookup(session.now, 2, ownHash(), 10 * SECOND);
    session.hostReply(SESSION, 2, 0, new byte[10]);
    assertThat(session.told).containsExactly("lookup 1 nothing", "lookup 2 nothing");
  }

  @Test
  void outstandingLookupsAreBoundedAndEndWithTheSession() throws Exception {
    ScriptedSession session = ScriptedSession.up();
    for (int i = 0; i < HostLookups.MAX_OUTSTANDING + 5; i++) {
      session.client.lookup(session.now, i, "name" + i + ".i2p", 10 * SECOND);
    }
    assertThat(session.told).hasSize(5);
    assertThat(session.client.outstandingLookups()).isEqualTo(HostLookups.MAX_OUTSTANDING);
    session.client.onLinkClosed(session.now, "gone");
    assertThat(session.told).hasSize(HostLookups.MAX_OUTSTANDING + 5 + 1).endsWith("down");
    assertThat(session.client.outstandingLookups()).isZero();
    session.client.lookup(session.now, 999, "late.i2p", 10 * SECOND);
    assertThat(session.told).endsWith("lookup 999 nothing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short.b32.i2p",
        "aiqwcmnk73modud3lp5lzm4cbkn25csdzbi4rq4eewhjafgt5vf1.b32.i2p",
        "6bab3cui4poxicprsx6vfwznhs5f24wkm4e36hmucin7g5eiag2a6324.b32.i2p"
      })
  void namesThatNoRouterCanAnswerAreAnsweredAtOnce(String name) throws Exception {
    ScriptedSession session = ScriptedSession.up();
    session.client.lookup(session.now, 1, name, 10 * SECOND);
    assertThat(session.sent).isEmpty();
    assertThat(session.told).containsExactly("lookup 1 nothing");
    assertThat(LookupName.of(name).refusal()).endsWith(".");
  }

  @Test
  void nothingIsAskedBeforeTheRouterAnswered() {
    ScriptedSession session = new ScriptedSession(Map.of());
    session.client.onLinkOpen(session.now);
    session.client.lookup(session.now, 1, "a.i2p", SECOND);
    assertThat(session.told).containsExactly("lookup 1 nothing");
  }
}
