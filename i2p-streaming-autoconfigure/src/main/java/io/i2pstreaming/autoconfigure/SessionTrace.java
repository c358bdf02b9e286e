package io.i2pstreaming.autoconfigure;

import io.i2pstreaming.PacketTrace;
import io.i2pstreaming.StreamManager;
import io.i2pstreaming.spring.I2PConfigurationException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins the trace of {@code i2p.trace.file}, which ends with its manager. */
final class SessionTrace {
  private static final Logger log = LoggerFactory.getLogger(SessionTrace.class);

  private SessionTrace() {}

  @SuppressWarnings("resource") // The manager ends it.
  static void begin(StreamManager manager, PropertyScope scope, I2PProperties.Trace trace) {
    String file = trace.file();
    if (file == null || file.isBlank()) {
      return;
    }
    try {
      PacketTrace unused = manager.trace(Path.of(file), trace.maxSize().toBytes());
      log.warn("Every packet of {} is written to {}, payload included", manager.name(), file);
    } catch (InvalidPathException | IOException e) {
      manager.close();
      throw new I2PConfigurationException(
          "The trace file '" + file + "' cannot be written: " + e.getMessage() + ".",
          "Let '"
              + scope.written("i2p.trace.file")
              + "' name a file in a folder that exists, or remove it.",
          e);
    } catch (IllegalArgumentException e) {
      manager.close();
      throw new I2PConfigurationException(
          "The property '"
              + scope.written("i2p.trace.max-size")
              + "' is "
              + trace.maxSize()
              + ": "
              + e.getMessage()
              + ".",
          "Write a size such as 256MB.",
          e);
    }
  }
}
