package io.i2pstreaming.verification.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import net.i2p.client.streaming.impl.ReferenceCodec;
import net.i2p.client.streaming.impl.ReferenceIdentity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes {@code packets.json} anew with the reference library: run it by hand, with the file as
 * argument, after a kind of packet was added.
 */
final class FreezePackets {
  private FreezePackets() {}

  public static void main(String[] arguments) throws Exception {
    JsonNode files = Json.read("private_key_file.json");
    byte[] hash = Json.bytes(Json.read("destinations.json").get(2), "sha256");
    JsonMapper mapper = JsonMapper.shared();
    ObjectNode frozen = mapper.createObjectNode();
    for (String identity : new String[] {"online", "offline"}) {
      ObjectNode packets = frozen.putObject(identity);
      ReferenceIdentity sender = ReferenceIdentity.ofKeyFile(Json.bytes(files, identity));
      for (PacketSample sample : PacketSample.everyKind(hash)) {
        packets.put(sample.name, HexFormat.of().formatHex(ReferenceCodec.write(sample, sender)));
      }
    }
    Files.writeString(
        Path.of(arguments[0]),
        mapper.writerWithDefaultPrettyPrinter().writeValueAsString(frozen) + "\n");
  }
}
