package io.i2pstreaming.verification.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.i2p.client.I2PSession;
import net.i2p.client.streaming.I2PSocketManager;
import net.i2p.client.streaming.impl.I2PSocketManagerFull;

/** The near end of a {@link ReferenceBridge}. */
final class BridgeProcess implements AutoCloseable {
  /** Where HTTP clients connect to, on loopback. */
  final int port;

  /** The base32 name of the reference's destination, as the reference says it. */
  final String base32;

  private final Path folder;
  private final ChildProcess child;

  /** Starts the reference library against a router's loopback I2CP port, to dial one site. */
  BridgeProcess(int i2cpPort, String site) throws IOException {
    folder = ChildProcess.newFolder("bridge");
    List<String> arguments =
        new ArrayList<>(List.of("127.0.0.1", Integer.toString(i2cpPort), site));
    arguments.addAll(RemotePeer.LOCAL_OPTIONS);
    child =
        ChildProcess.startJava(
            folder,
            ReferenceBridge.class,
            true,
            List.of(I2PSession.class, I2PSocketManager.class, I2PSocketManagerFull.class),
            arguments);
    BufferedReader answers =
        new BufferedReader(
            new InputStreamReader(child.process().getInputStream(), StandardCharsets.US_ASCII));
    String line = answers.readLine();
    if (line == null || !line.startsWith("ready\t")) {
      String log = child.logTail();
      close();
      throw new IOException("the reference library did not start: " + line + "\n" + log);
    }
    String[] words = line.split("\t", -1);
    port = Integer.parseInt(words[1]);
    base32 = words[2];
  }

  @Override
  public void close() {
    child.close();
    ChildProcess.remove(folder);
  }
}
