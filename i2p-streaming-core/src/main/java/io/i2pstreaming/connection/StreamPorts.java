package io.i2pstreaming.connection;

/** The application's side of one stream. */
public record StreamPorts(ByteSource source, ByteSink sink, ConnectionListener listener) {}
