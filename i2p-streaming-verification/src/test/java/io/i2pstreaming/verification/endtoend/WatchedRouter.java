package io.i2pstreaming.verification.endtoend;

import io.i2pstreaming.embedded.EmbeddedRouter;
import io.i2pstreaming.link.RouterAddress;
import io.i2pstreaming.link.RouterLink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A router, with a look at what goes there. */
final class WatchedRouter implements RouterAddress {
  final List<RouterLink> links = new CopyOnWriteArrayList<>();
  private final EmbeddedRouter router;

  /** Everything that was written to the router, as far as it is text. */
  private final List<String> written = new CopyOnWriteArrayList<>();

  WatchedRouter(EmbeddedRouter router) {
    this.router = router;
  }

  /** How many times a client gave an option a value of one digit; as a Mapping has it. */
  long timesWritten(String name, int value) {
    return written.stream().filter(text -> text.contains(name + "=\u0001" + value + ";")).count();
  }

  @Override
  public RouterLink newLink() {
    RouterLink link = router.newLink();
    links.add(link);
    return new RouterLink() {
      @Override
      public void open(Receiver receiver) throws IOException {
        link.open(receiver);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        written.add(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
        link.write(bytes, offset, length);
      }

      @Override
      public void close() {
        link.close();
      }
    };
  }

  @Override
  public String describe() {
    return "watched";
  }

  @Override
  public boolean anonymous() {
    return false;
  }
}
