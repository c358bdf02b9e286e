package io.i2pstreaming.spring;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a message begins and ends in a stream, for listeners and for {@link I2PStreamTemplate}.
 * Called with the streams of one socket; keeps nothing between calls.
 */
public enum Framing {
  /** One message per stream: all bytes until the peer ends its side. */
  RAW {
    @Override
    byte @Nullable [] read(InputStream in, int limitBytes) throws IOException {
      byte[] message = in.readNBytes(limitBytes);
      if (message.length == limitBytes && in.read() >= 0) {
        throw tooLong(limitBytes);
      }
      return message;
    }

    @Override
    void write(OutputStream out, byte[] message) throws IOException {
      out.write(message);
    }
  },

  /** Messages end with LF or CR LF, the last one also with the stream. Replies end with LF. */
  LINE {
    @Override
    byte @Nullable [] read(InputStream in, int limitBytes) throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int next = in.read();
      if (next < 0) {
        return null;
      }
      boolean heldReturn = false;
      while (next >= 0 && next != '\n') {
        if (heldReturn) {
          append(line, '\r', limitBytes);
        }
        heldReturn = next == '\r';
        if (!heldReturn) {
          append(line, next, limitBytes);
        }
        next = in.read();
      }
      if (heldReturn && next < 0) {
        append(line, '\r', limitBytes);
      }
      return line.toByteArray();
    }

    private void append(ByteArrayOutputStream line, int value, int limitBytes)
        throws I2PFramingException {
      if (line.size() == limitBytes) {
        throw tooLong(limitBytes);
      }
      line.write(value);
    }

    @Override
    void write(OutputStream out, byte[] message) throws IOException {
      for (byte value : message) {
        if (value == '\n') {
          throw new IllegalArgumentException(
              "A message with a line break would reach the peer as several lines.");
        }
      }
      out.write(message);
      out.write('\n');
    }
  },

  /** Messages and replies begin with their length: four bytes, most significant first. */
  LENGTH {
    @Override
    byte @Nullable [] read(InputStream in, int limitBytes) throws IOException {
      byte[] prefix = in.readNBytes(Integer.BYTES);
      if (prefix.length == 0) {
        return null;
      }
      if (prefix.length < Integer.BYTES) {
        throw new I2PFramingException("The stream ended within a length.");
      }
      int length = ByteBuffer.wrap(prefix).getInt();
      if (length < 0 || length > limitBytes) {
        throw tooLong(limitBytes);
      }
      // Allocates as bytes arrive, not as the peer announces them.
      byte[] message = in.readNBytes(length);
      if (message.length < length) {
        throw new I2PFramingException("The stream ended within a message.");
      }
      return message;
    }

    @Override
    void write(OutputStream out, byte[] message) throws IOException {
      out.write(ByteBuffer.allocate(Integer.BYTES).putInt(message.length).array());
      out.write(message);
    }
  };

  /**
   * The next message, at most {@code limitBytes} long without its delimiter; null when the peer has
   * ended its side between two messages.
   *
   * @throws I2PFramingException if it is longer, or cut off
   */
  abstract byte @Nullable [] read(InputStream in, int limitBytes) throws IOException;

  /** Writes a reply with its delimiter; does not flush. */
  abstract void write(OutputStream out, byte[] message) throws IOException;

  private static I2PFramingException tooLong(int limitBytes) {
    return new I2PFramingException("A message is longer than " + limitBytes + " bytes.");
  }
}
