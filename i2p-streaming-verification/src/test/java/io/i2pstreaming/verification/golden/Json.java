package io.i2pstreaming.verification.golden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The golden vectors. */
final class Json {
  private Json() {}

  static JsonNode read(String name) {
    try (InputStream input = Json.class.getResourceAsStream("/vectors/" + name)) {
      return JsonMapper.shared().readTree(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(JsonNode node, String field) {
    return HexFormat.of().parseHex(node.required(field).stringValue());
  }
}
