package org.ocmcore.cache.viewer;

import java.util.ArrayList;
import java.util.List;

/** Reads one value of igbinary, and writes it as a tree. */
final class IgbinaryReader {
  private static final int EMPTY_STRING = 0x0d;
  private static final int STRING_ID = 0x0e;
  private static final int STRING = 0x11;
  private static final int ARRAY = 0x14;
  private static final int OBJECT = 0x17;
  private static final int OBJECT_ID = 0x1a;
  private static final int OWN_FORM = 0x1d;
  private static final int LONG_STRING = 0x26;
  private static final int ENUM = 0x27;

  /** The array beside its bytes, and its place in the list. */
  private static final long PER_STRING = 48;

  private final ViewInput in;
  private final ViewOutput out;
  private final List<byte[]> strings = new ArrayList<>();

  IgbinaryReader(ViewInput in, ViewOutput out) {
    this.in = in;
    this.out = out;
  }

  void value() {
    int type = in.u8();
    switch (type) {
      case 0x00 -> out.text("null");
      case 0x01, 0x02, 0x03 -> out.text("reference to array #").text(size(type - 0x01));
      case 0x04 -> out.text("false");
      case 0x05 -> out.text("true");
      case 0x0c -> out.text(Double.toString(Double.longBitsToDouble(in.bigEndian(8))));
      case ARRAY, ARRAY + 1, ARRAY + 2 -> {
        long count = size(type - ARRAY);
        out.text("array(").text(count).text(") ");
        members(count, false);
      }
      case OBJECT, OBJECT + 1, OBJECT + 2, OBJECT_ID, OBJECT_ID + 1, OBJECT_ID + 2 -> object(type);
      case 0x22, 0x23, 0x24 -> out.text("same object as #").text(size(type - 0x22));
      case 0x25 -> {
        out.text("reference ").nest();
        value();
        out.unnest();
      }
      default -> {
        if (isInteger(type)) {
          out.text(integer(type));
        } else {
          Utf8Text.quote(string(type), out);
        }
      }
    }
  }

  /** A number of one, two or four bytes. */
  private long size(int which) {
    return in.bigEndian(1 << which);
  }

  private static boolean isInteger(int type) {
    return type >= 0x06 && type <= 0x0b || type == 0x20 || type == 0x21;
  }

  /** Magnitudes, with types that are even for positive numbers and odd for negative ones. */
  private String integer(int type) {
    long magnitude = type >= 0x20 ? in.bigEndian(8) : size((type - 0x06) / 2);
    String sign = type % 2 == 1 && magnitude != 0 ? "-" : "";
    return sign + Long.toUnsignedString(magnitude);
  }

  private byte[] string(int type) {
    switch (type) {
      case EMPTY_STRING:
        return new byte[0];
      case STRING_ID, STRING_ID + 1, STRING_ID + 2:
        return known(size(type - STRING_ID));
      case STRING, STRING + 1, STRING + 2, LONG_STRING:
        byte[] bytes = in.take(type == LONG_STRING ? in.bigEndian(8) : size(type - STRING));
        keep(bytes);
        return bytes;
      default:
        throw in.malformed(String.format("there is no type %02x", type));
    }
  }

  private void keep(byte[] string) {
    out.budget().keep(PER_STRING + string.length);
    strings.add(string);
  }

  private byte[] known(long index) {
    if (index >= strings.size()) {
      throw in.malformed("there is no string " + index);
    }
    return strings.get((int) index);
  }

  private String className(int type) {
    byte[] name;
    if (type >= OBJECT && type < OBJECT_ID) {
      name = in.take(size(type - OBJECT));
      keep(name);
    } else if (type >= OBJECT_ID && type < OWN_FORM) {
      name = known(size(type - OBJECT_ID));
    } else {
      throw in.malformed("there must be the name of a class");
    }
    return Utf8Text.name(name);
  }

  private void object(int type) {
    String name = className(type);
    int content = in.u8();
    out.text(content == ENUM ? "enum " : "object ").text(name).text(" ");
    if (content == ENUM) {
      Utf8Text.quote(string(in.u8()), out);
    } else if (content >= ARRAY && content < OBJECT) {
      members(size(content - ARRAY), true);
    } else if (content >= OWN_FORM && content < OWN_FORM + 3) {
      out.text("serialized by itself ");
      in.quote(size(content - OWN_FORM), out);
    } else {
      throw in.malformed("there must be the content of an object");
    }
  }

  private void members(long count, boolean isObject) {
    in.size(count);
    out.text("{").enter();
    for (long i = 0; i < count; i++) {
      out.line();
      int type = in.u8();
      if (isInteger(type)) {
        out.text(integer(type));
      } else if (isObject) {
        PhpProperty.write(string(type), out);
      } else {
        Utf8Text.quote(string(type), out);
      }
      out.text(isObject ? ": " : " => ");
      value();
    }
    out.leave();
    (count > 0 ? out.line() : out).text("}");
  }
}
