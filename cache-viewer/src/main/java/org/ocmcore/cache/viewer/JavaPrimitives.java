package org.ocmcore.cache.viewer;

/** Reads numbers and text as {@link java.io.DataOutput} writes them. */
final class JavaPrimitives {
  private final ViewInput in;
  private final ViewOutput out;

  JavaPrimitives(ViewInput in, ViewOutput out) {
    this.in = in;
    this.out = out;
  }

  /** Writes a value of a type as in class files. */
  void value(char type) {
    switch (type) {
      case 'B' -> out.text((byte) in.u8());
      case 'C' -> Utf8Text.quote(String.valueOf((char) in.bigEndian(2)), out);
      case 'D' -> out.text(Double.toString(Double.longBitsToDouble(in.bigEndian(8))));
      case 'F' -> out.text(Float.toString(Float.intBitsToFloat((int) in.bigEndian(4))));
      case 'I' -> out.text((int) in.bigEndian(4));
      case 'J' -> out.text(in.bigEndian(8));
      case 'S' -> out.text((short) in.bigEndian(2));
      case 'Z' -> out.text(in.u8() == 0 ? "false" : "true");
      default -> throw in.malformed("there is no type '" + type + "'");
    }
  }

  /** Text in modified UTF-8, after its length of so many bytes. */
  String text(int sizeOfLength) {
    int length = in.size(in.bigEndian(sizeOfLength));
    // The bytes, their characters, which become wider in the midst, and the text.
    out.budget().copy(6L * length);
    ViewInput bytes = new ViewInput("java", in.take(length));
    StringBuilder text = new StringBuilder(length);
    while (!bytes.isAtEnd()) {
      int first = bytes.u8();
      if (first < 0x80) {
        text.append((char) first);
      } else if (first >> 5 == 6) {
        text.append((char) ((first & 31) << 6 | following(bytes)));
      } else if (first >> 4 == 14) {
        int high = (first & 15) << 12 | following(bytes) << 6;
        text.append((char) (high | following(bytes)));
      } else {
        throw in.malformed("text is not in modified UTF-8");
      }
    }
    return text.toString();
  }

  private int following(ViewInput bytes) {
    int next = bytes.u8();
    if (next >> 6 != 2) {
      throw in.malformed("text is not in modified UTF-8");
    }
    return next & 63;
  }
}
