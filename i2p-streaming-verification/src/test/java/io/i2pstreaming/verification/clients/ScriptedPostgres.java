package io.i2pstreaming.verification.clients;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The first messages of a PostgreSQL server, protocol 3.0: no TLS, no password, and one row with
 * one text column, which repeats the question, for every query that begins with SELECT.
 */
final class ScriptedPostgres {
  private static final int SSL_REQUEST = 80_877_103;
  private static final int GSS_REQUEST = 80_877_104;
  private static final int TEXT_TYPE = 25;

  private final DataInputStream in;
  private final DataOutputStream out;

  private ScriptedPostgres(Socket socket) throws IOException {
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  static void serve(Socket socket) throws IOException {
    ScriptedPostgres server = new ScriptedPostgres(socket);
    server.start();
    server.answerQueries();
  }

  private void start() throws IOException {
    int code;
    do {
      byte[] rest = new byte[in.readInt() - 8];
      code = in.readInt();
      in.readFully(rest);
      if (code == SSL_REQUEST || code == GSS_REQUEST) {
        out.write('N');
        out.flush();
      }
    } while (code == SSL_REQUEST || code == GSS_REQUEST);
    send('R', new byte[4]);
    for (String parameter :
        new String[] {
          "server_version\0" + "15.1\0",
          "server_encoding\0UTF8\0",
          "client_encoding\0UTF8\0",
          "DateStyle\0ISO, MDY\0",
          "TimeZone\0UTC\0",
          "integer_datetimes\0on\0",
          "standard_conforming_strings\0on\0"
        }) {
      send('S', bytes(parameter));
    }
    send('K', new byte[8]);
    ready();
  }

  private void answerQueries() throws IOException {
    while (true) {
      int type = in.read();
      if (type < 0 || type == 'X') {
        return;
      }
      byte[] body = new byte[in.readInt() - 4];
      in.readFully(body);
      if (type != 'Q') {
        throw new IOException("the script has no answer to message " + (char) type);
      }
      String query = new String(body, 0, body.length - 1, StandardCharsets.UTF_8);
      if (query.startsWith("SELECT")) {
        row(query);
        send('C', bytes("SELECT 1\0"));
      } else {
        send('C', bytes("SET\0"));
      }
      ready();
    }
  }

  private void row(String text) throws IOException {
    ByteArrayOutputStream description = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(description);
    fields.writeShort(1);
    fields.write(bytes("question\0"));
    fields.writeInt(0);
    fields.writeShort(0);
    fields.writeInt(TEXT_TYPE);
    fields.writeShort(-1);
    fields.writeInt(-1);
    fields.writeShort(0);
    send('T', description.toByteArray());
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    DataOutputStream columns = new DataOutputStream(row);
    columns.writeShort(1);
    columns.writeInt(bytes(text).length);
    columns.write(bytes(text));
    send('D', row.toByteArray());
  }

  private void ready() throws IOException {
    send('Z', bytes("I"));
    out.flush();
  }

  private void send(int type, byte[] body) throws IOException {
    out.write(type);
    out.writeInt(4 + body.length);
    out.write(body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
