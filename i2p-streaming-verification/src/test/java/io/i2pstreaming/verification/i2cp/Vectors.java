package io.i2pstreaming.verification.i2cp;

import io.i2pstreaming.identity.Destination;
import io.i2pstreaming.identity.DestinationKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The golden vectors, made by the reference library 2.7.0. */
final class Vectors {
  private static final Map<String, JsonNode> READ = new ConcurrentHashMap<>();

  private Vectors() {}

  static JsonNode read(String name) {
    return READ.computeIfAbsent(name, Vectors::parse);
  }

  private static JsonNode parse(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name + ".json")) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] hex(JsonNode node) {
    return HexFormat.of().parseHex(node.asString());
  }

  /** A frame of {@code messages.json} by the start of its name. */
  static byte[] message(String name) {
    for (var entry : read("messages").properties()) {
      if (entry.getKey().startsWith(name)) {
        return hex(entry.getValue());
      }
    }
    throw new IllegalArgumentException("no vector " + name);
  }

  static DestinationKeys keys(String form) {
    try {
      return DestinationKeys.parse(hex(read("private_key_file").get(form)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Destination destination() {
    byte[] bytes = hex(read("destinations").get(0).get("bytes"));
    return Destination.parse(bytes, 0, bytes.length);
  }
}
