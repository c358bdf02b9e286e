package io.i2pstreaming.sample;

/**
 * The pattern of RFC 864: lines of 72 of the 95 printable ASCII characters, ended by CR and LF,
 * each line beginning one character later than the one before.
 */
final class ChargenPattern implements Pattern {
  private static final int PRINTABLE = 95;
  private static final int TEXT = 72;
  private static final int LINE = TEXT + 2;

  @Override
  public void fill(long position, byte[] target, int length) {
    long line = position / LINE;
    int column = (int) (position % LINE);
    for (int i = 0; i < length; i++) {
      target[i] = at(line, column);
      if (++column == LINE) {
        column = 0;
        line++;
      }
    }
  }

  private static byte at(long line, int column) {
    if (column == TEXT) {
      return '\r';
    }
    if (column > TEXT) {
      return '\n';
    }
    return (byte) (' ' + (line + column) % PRINTABLE);
  }
}
