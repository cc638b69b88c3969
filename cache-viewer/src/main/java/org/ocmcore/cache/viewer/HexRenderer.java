package org.ocmcore.cache.viewer;

/** Offset, hexadecimal bytes and ASCII. Only the lines of the window are written. */
final class HexRenderer implements ValueRenderer {
  private static final int BYTES = 16;
  /** 8 digits, a space, 16 times 3 and a gap, a space, the bar, 16 characters, the bar, a break. */
  private static final int LINE = 78;

  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  @Override
  public ValueFormat format() {
    return ValueFormat.HEX;
  }

  @Override
  public boolean fits(byte[] value) {
    return true;
  }

  @Override
  public void render(byte[] value, ViewOutput out) {
    long lines = (value.length + BYTES - 1L) / BYTES;
    if (lines == 0) {
      return;
    }
    int last = value.length - (int) (lines - 1) * BYTES;
    long length = (lines - 1) * LINE + LINE - 1 - (BYTES - last);
    long end = out.window().offset() + out.window().limit();
    long first = Math.min(lines - 1, Math.max(0, out.window().offset() - 1) / LINE);
    out.skip(first * LINE);
    for (long i = first; i < lines && i * LINE <= end; i++) {
      out.text(line(value, (int) i * BYTES)).text(i == lines - 1 ? "" : "\n");
    }
    out.skip(length - out.length());
  }

  private static StringBuilder line(byte[] value, int from) {
    StringBuilder line = new StringBuilder(LINE).append(String.format("%08x ", from));
    int to = Math.min(value.length, from + BYTES);
    for (int i = from; i < from + BYTES; i++) {
      line.append(i == from + BYTES / 2 ? "  " : " ");
      if (i < to) {
        line.append(DIGITS[value[i] >> 4 & 15]).append(DIGITS[value[i] & 15]);
      } else {
        line.append("  ");
      }
    }
    line.append(" |");
    for (int i = from; i < to; i++) {
      line.append(value[i] >= ' ' && value[i] < 0x7f ? (char) value[i] : '.');
    }
    return line.append('|');
  }
}
