package org.ocmcore.cache.viewer;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Python's pickle as a list of its instructions with their arguments, as {@code pickletools} lists
 * them. None is carried out: there is neither a stack nor a memo.
 */
final class PickleRenderer implements ValueRenderer {
  private static final int STOP = '.';
  /** Longer integers are shown in hexadecimal, which takes no time. */
  private static final int MAX_DECIMAL = 256;

  private static final int MAX_START = 100;
  /** A list, a dict, a tuple or an object. Other values are too short to be told from text. */
  private static final Pattern OLD_START = Pattern.compile(
      "\\((?:[ld]p?[0-9]*\n|[ld][pq.]|i[\\w.]+\n)|c[\\w.]+\n[\\w.]+\n|[\\]}()]q\\x00|[\\]}]\\.");

  @Override
  public ValueFormat format() {
    return ValueFormat.PICKLE;
  }

  /** Protocols 2 and newer begin with their number; older ones mostly with a few instructions. */
  @Override
  public boolean fits(byte[] value) {
    if (value.length < 2 || value[value.length - 1] != STOP) {
      return false;
    }
    if ((value[0] & 0xff) == 0x80) {
      return value[1] >= 2 && value[1] <= 5;
    }
    int length = Math.min(MAX_START, value.length);
    String start = new String(value, 0, length, StandardCharsets.ISO_8859_1);
    return OLD_START.matcher(start).lookingAt();
  }

  @Override
  public void render(byte[] value, ViewOutput out) {
    ViewInput in = new ViewInput("pickle", value, out.budget());
    int code = -1;
    while (code != STOP) {
      int position = in.position();
      code = in.u8();
      PickleCode instruction = PickleCode.of(code);
      if (instruction == null) {
        throw in.malformed(String.format("there is no instruction %02x", code));
      }
      out.text(position == 0 ? "" : "\n").text(String.format("%5d: ", position));
      out.text(instruction.name());
      argument(instruction.argument(), in, out);
    }
    in.requireEnd();
  }

  private static void argument(PickleCode.Argument argument, ViewInput in, ViewOutput out) {
    if (argument == PickleCode.Argument.NONE) {
      return;
    }
    out.text(" ");
    int size = argument.size();
    switch (argument.kind()) {
      case LINE -> Utf8Text.quote(in.until('\n'), out);
      case LINES -> {
        Utf8Text.quote(in.until('\n'), out);
        out.text(" ");
        Utf8Text.quote(in.until('\n'), out);
      }
      case SIGNED -> out.text((int) in.littleEndian(size));
      case UNSIGNED -> out.text(Long.toUnsignedString(in.littleEndian(size)));
      case DOUBLE -> out.text(Double.toString(Double.longBitsToDouble(in.bigEndian(size))));
      case INTEGER -> out.text(integer(in.take(in.littleEndian(size)), out));
      case BYTES -> in.quote(in.littleEndian(size), out);
      default -> throw new IllegalStateException(argument.toString());
    }
  }

  private static String integer(byte[] littleEndian, ViewOutput out) {
    if (littleEndian.length > MAX_DECIMAL) {
      // The digits, and the text with them.
      out.budget().copy(5L * littleEndian.length);
      return "little endian " + HexFormat.of().formatHex(littleEndian);
    }
    byte[] bytes = new byte[littleEndian.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = littleEndian[bytes.length - 1 - i];
    }
    return bytes.length == 0 ? "0" : new BigInteger(bytes).toString();
  }
}
