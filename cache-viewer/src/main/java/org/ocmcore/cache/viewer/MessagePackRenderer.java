package org.ocmcore.cache.viewer;

import java.time.DateTimeException;
import java.time.Instant;

/** MessagePack as a tree. Extensions are shown as their type and bytes, timestamps as times. */
final class MessagePackRenderer implements ValueRenderer {
  private static final int TIMESTAMP = -1;

  @Override
  public ValueFormat format() {
    return ValueFormat.MSGPACK;
  }

  /** A map or an array. Other values are too short to be told from anything else. */
  @Override
  public boolean fits(byte[] value) {
    int first = value.length < 2 ? 0 : value[0] & 0xff;
    return first >= 0x80 && first <= 0x9f || first >= 0xdc && first <= 0xdf;
  }

  @Override
  public void render(byte[] value, ViewOutput out) {
    ViewInput in = new ViewInput("msgpack", value, out.budget());
    value(in, out);
    in.requireEnd();
  }

  private void value(ViewInput in, ViewOutput out) {
    int type = in.u8();
    if (type < 0x80) {
      out.text(type);
    } else if (type < 0x90) {
      members(type & 15, true, in, out);
    } else if (type < 0xa0) {
      members(type & 15, false, in, out);
    } else if (type < 0xc0) {
      in.quote(type & 31, out);
    } else if (type >= 0xe0) {
      out.text((byte) type);
    } else {
      sized(type, in, out);
    }
  }

  private void sized(int type, ViewInput in, ViewOutput out) {
    switch (type) {
      case 0xc0 -> out.text("nil");
      case 0xc2 -> out.text("false");
      case 0xc3 -> out.text("true");
      case 0xc4, 0xc5, 0xc6 -> binary(in.bigEndian(1 << (type - 0xc4)), in, out);
      case 0xc7, 0xc8, 0xc9 -> extension(in.bigEndian(1 << (type - 0xc7)), in, out);
      case 0xca -> out.text(Float.toString(Float.intBitsToFloat((int) in.bigEndian(4))));
      case 0xcb -> out.text(Double.toString(Double.longBitsToDouble(in.bigEndian(8))));
      case 0xcc, 0xcd, 0xce, 0xcf ->
        out.text(Long.toUnsignedString(in.bigEndian(1 << (type - 0xcc))));
      case 0xd0 -> out.text((byte) in.u8());
      case 0xd1 -> out.text((short) in.bigEndian(2));
      case 0xd2 -> out.text((int) in.bigEndian(4));
      case 0xd3 -> out.text(in.bigEndian(8));
      case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> extension(1 << (type - 0xd4), in, out);
      case 0xd9, 0xda, 0xdb -> in.quote(in.bigEndian(1 << (type - 0xd9)), out);
      case 0xdc, 0xdd -> members(in.bigEndian(2 << (type - 0xdc)), false, in, out);
      case 0xde, 0xdf -> members(in.bigEndian(2 << (type - 0xde)), true, in, out);
      default -> throw in.malformed("there is no type " + Integer.toHexString(type));
    }
  }

  private static void binary(long length, ViewInput in, ViewOutput out) {
    out.text("binary(").text(in.size(length)).text(") ");
    in.quote(length, out);
  }

  private static void extension(long length, ViewInput in, ViewOutput out) {
    int type = (byte) in.u8();
    if (type == TIMESTAMP && (length == 4 || length == 8 || length == 12)) {
      out.text("timestamp ").text(timestamp((int) length, in));
      return;
    }
    out.text("extension ").text(type).text(" ");
    binary(length, in, out);
  }

  private static String timestamp(int length, ViewInput in) {
    long nanos = length == 12 ? in.bigEndian(4) : 0;
    long seconds = in.bigEndian(Math.min(8, length));
    if (length == 8) {
      nanos = seconds >>> 34;
      seconds &= (1L << 34) - 1;
    }
    try {
      return Instant.ofEpochSecond(seconds, nanos).toString();
    } catch (DateTimeException e) {
      return seconds + " s " + nanos + " ns";
    }
  }

  private void members(long count, boolean isMap, ViewInput in, ViewOutput out) {
    in.size(count);
    out.text(isMap ? "{" : "[").enter();
    for (long i = 0; i < count; i++) {
      out.line();
      value(in, out);
      if (isMap) {
        out.text(": ");
        value(in, out);
      }
    }
    out.leave();
    (count > 0 ? out.line() : out).text(isMap ? "}" : "]");
  }
}
