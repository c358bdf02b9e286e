package io.i2pstreaming.sample;

import io.i2pstreaming.I2PSocket;
import io.i2pstreaming.StreamingException;
import io.i2pstreaming.spring.I2PListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** What this application serves over I2P besides its page: echo, discard and chargen. */
@Component
class StreamServices {
  static final int ECHO_PORT = 7;
  static final int DISCARD_PORT = 9;
  static final int CHARGEN_PORT = 19;

  private static final int BLOCK = 16 * 1024;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final DiscardJournal journal;

  StreamServices(DiscardJournal journal) {
    this.journal = journal;
  }

  /** RFC 862: sends back what it gets, until the peer closes. */
  @I2PListener(id = "echo", port = "7")
  void echo(InputStream in, OutputStream out) throws IOException {
    byte[] block = new byte[BLOCK];
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      out.write(block, 0, n);
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  /** RFC 863: throws away what it gets, until the peer closes. */
  @I2PListener(id = "discard", port = "9")
  void discard(InputStream in) throws IOException, NoSuchAlgorithmException {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] block = new byte[BLOCK];
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      sha256.update(block, 0, n);
    }
    journal.add(sha256.digest());
  }

  /** RFC 864: sends the character pattern until the peer has enough, and ignores its input. */
  @I2PListener(id = "chargen", port = "19")
  void chargen(I2PSocket socket, OutputStream out) throws IOException {
    // A peer that takes nothing for this long is gone.
    socket.setWriteTimeout(PATIENCE);
    ChargenPattern pattern = new ChargenPattern();
    byte[] block = new byte[BLOCK];
    long position = 0;
    try {
      while (true) {
        pattern.fill(position, block, block.length);
        out.write(block);
        position += block.length;
      }
    } catch (StreamingException.Reset | StreamingException.Closed e) {
      // How a peer says that it has enough.
    }
  }
}
