package io.i2pstreaming.verification.trace;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Wireshark without its windows (Debian: {@code apt-get install tshark}), reading files only. Skips
 * the calling test, loudly, where it is not installed; fails it where the environment says {@code
 * CI}.
 */
public final class Tshark {
  private static final List<Path> PLACES =
      List.of(Path.of("/usr/bin/tshark"), Path.of("/usr/local/bin/tshark"));
  private static final List<String> COLUMNS =
      List.of(
          "frame.number",
          "ip.src",
          "ip.checksum.status",
          "tcp.checksum.status",
          "icmp.checksum.status",
          "tcp.stream",
          "tcp.analysis.retransmission",
          "tcp.analysis.lost_segment",
          "tcp.analysis.ack_lost_segment",
          "tcp.options.sack_le",
          "tcp.flags.str",
          "tcp.srcport",
          "icmp.type",
          "icmp.resp_to",
          "_ws.malformed",
          "frame.comment");

  private final Path file;

  /** Reads this file. */
  public Tshark(Path file) {
    this.file = file;
  }

  /** One line for each packet. */
  public record Frame(List<String> columns) {
    /** What Wireshark says in this field; empty when the packet does not have it. */
    public String field(String name) {
      return columns.get(COLUMNS.indexOf(name));
    }

    /** Whether the packet has it. */
    public boolean has(String name) {
      return !field(name).isEmpty();
    }
  }

  /** The payload of one conversation, both ways, in hexadecimal. */
  public record Payload(String fromFirst, String fromSecond) {}

  /** All packets. */
  public List<Frame> frames() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-T", "fields", "-E", "separator=/t"));
    COLUMNS.forEach(column -> arguments.addAll(List.of("-e", column)));
    return run(arguments).lines().map(line -> new Frame(List.of(line.split("\t", -1)))).toList();
  }

  /** How many TCP conversations Wireshark finds. */
  public long conversations() throws IOException {
    return run(List.of("-q", "-z", "conv,tcp")).lines().filter(l -> l.contains("<->")).count();
  }

  /** The payload as Wireshark puts it together. */
  public Payload follow(int conversation) throws IOException {
    String text = run(List.of("-q", "-z", "follow,tcp,raw," + conversation));
    StringBuilder first = new StringBuilder();
    StringBuilder second = new StringBuilder();
    text.lines()
        .filter(line -> line.matches("\t?[0-9a-f]+"))
        .forEach(line -> (line.startsWith("\t") ? second : first).append(line.strip()));
    return new Payload(first.toString(), second.toString());
  }

  /** Its answer, with checksums verified. */
  private String run(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program(), "-n", "-r", file.toString()));
    command.addAll(List.of("-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"));
    // Payload is random here: whatever protocol a port belongs to, it is not that.
    command.addAll(List.of("-d", "tcp.port==1-65535,data"));
    command.addAll(arguments);
    Path errors = Files.createTempFile("tshark", ".log");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(command + ": " + Files.readString(errors));
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    } finally {
      Files.delete(errors);
    }
  }

  private static String program() {
    for (Path place : PLACES) {
      if (Files.isExecutable(place)) {
        return place.toString();
      }
    }
    String message = "tshark is not installed: no trace was read by anybody else";
    if (System.getenv("CI") != null) {
      fail(message);
    }
    System.err.println("WARNING: " + message);
    return abort(message);
  }
}
