package org.ocmcore.cache.viewer;

/** PHP's {@code serialize} as a tree. Classes are names only; nothing is loaded. */
final class PhpRenderer implements ValueRenderer {
  @Override
  public ValueFormat format() {
    return ValueFormat.PHP;
  }

  @Override
  public boolean fits(byte[] value) {
    if (value.length < 2) {
      return false;
    }
    int last = value[value.length - 1];
    return value[0] == 'N' && value[1] == ';' && value.length == 2
        || "abidsOCEoS".indexOf(value[0]) >= 0 && value[1] == ':' && (last == ';' || last == '}');
  }

  @Override
  public void render(byte[] value, ViewOutput out) {
    ViewInput in = new ViewInput("php", value, out.budget());
    value(in, out);
    in.requireEnd();
  }

  private void value(ViewInput in, ViewOutput out) {
    int type = in.u8();
    if (type == 'N') {
      in.expect(';');
      out.text("null");
      return;
    }
    in.expect(':');
    switch (type) {
      case 'b' -> out.text(bool(in));
      case 'i' -> out.text(integer(in));
      case 'd' -> out.text(number(in));
      case 's' -> shownString(in, out);
      case 'S' -> Utf8Text.quote(escapedString(in, out), out);
      case 'E' -> out.text("enum ").text(Utf8Text.name(string(in)));
      case 'r' -> out.text("same object as #").text(integer(in));
      case 'R' -> out.text("reference to #").text(integer(in));
      case 'a' -> {
        long size = count(in);
        out.text("array(").text(size).text(") ");
        members(size, in, out, false);
      }
      case 'O' -> {
        out.text("object ").text(Utf8Text.name(quoted(in))).text(" ");
        in.expect(':');
        members(count(in), in, out, true);
      }
      case 'C' -> custom(in, out);
      default -> throw in.malformed("there is no type '" + (char) type + "'");
    }
  }

  private static String bool(ViewInput in) {
    return switch (in.until(';')) {
      case "0" -> "false";
      case "1" -> "true";
      default -> throw in.malformed("a boolean is 0 or 1");
    };
  }

  private static String integer(ViewInput in) {
    String digits = in.until(';');
    if (!digits.matches("[+-]?[0-9]{1,20}")) {
      throw in.malformed("an integer has up to 20 digits");
    }
    return digits;
  }

  private static String number(ViewInput in) {
    String number = in.until(';');
    if (!number.matches("[-+0-9.eE]{1,400}|-?INF|NAN")) {
      throw in.malformed("there is no number");
    }
    return number;
  }

  private static long number(ViewInput in, String digits) {
    if (!digits.matches("[0-9]{1,10}")) {
      throw in.malformed("there is no length");
    }
    return Long.parseLong(digits);
  }

  /** A count of members; they need more than a byte each, so that a false one ends soon. */
  private static int count(ViewInput in) {
    return in.size(number(in, in.until(':')));
  }

  private static byte[] quoted(ViewInput in) {
    long length = number(in, in.until(':'));
    in.expect('"');
    byte[] bytes = in.take(length);
    in.expect('"');
    return bytes;
  }

  private static void shownString(ViewInput in, ViewOutput out) {
    long length = number(in, in.until(':'));
    in.expect('"');
    in.quote(length, out);
    in.expect('"');
    in.expect(';');
  }

  private static byte[] string(ViewInput in) {
    byte[] bytes = quoted(in);
    in.expect(';');
    return bytes;
  }

  /** With bytes as {@code \\xx}. */
  private static byte[] escapedString(ViewInput in, ViewOutput out) {
    int length = in.size(number(in, in.until(':')));
    in.expect('"');
    out.budget().copy(length);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      int next = in.u8();
      if (next == '\\') {
        int high = Character.digit(in.u8(), 16);
        int low = Character.digit(in.u8(), 16);
        if (high < 0 || low < 0) {
          throw in.malformed("\\ needs two hexadecimal digits");
        }
        next = high << 4 | low;
      }
      bytes[i] = (byte) next;
    }
    in.expect('"');
    in.expect(';');
    return bytes;
  }

  private void members(long count, ViewInput in, ViewOutput out, boolean isObject) {
    in.expect('{');
    out.text("{").enter();
    for (long i = 0; i < count; i++) {
      out.line();
      if (isObject) {
        property(in, out);
      } else {
        key(in, out);
      }
      out.text(isObject ? ": " : " => ");
      value(in, out);
      // After objects of some classes.
      if (!in.isAtEnd() && in.peek() == ';') {
        in.u8();
      }
    }
    in.expect('}');
    out.leave();
    (count > 0 ? out.line() : out).text("}");
  }

  private void key(ViewInput in, ViewOutput out) {
    if (in.peek() != 'i' && in.peek() != 's' && in.peek() != 'S') {
      throw in.malformed("a key is an integer or a string");
    }
    value(in, out);
  }

  /** Private properties are written as NUL, class, NUL, name; protected ones with a star. */
  private void property(ViewInput in, ViewOutput out) {
    if (in.peek() != 's') {
      key(in, out);
      return;
    }
    in.u8();
    in.expect(':');
    PhpProperty.write(string(in), out);
  }

  private static void custom(ViewInput in, ViewOutput out) {
    out.text("object ").text(Utf8Text.name(quoted(in))).text(" serialized by itself ");
    in.expect(':');
    int length = in.size(number(in, in.until(':')));
    in.expect('{');
    in.quote(length, out);
    in.expect('}');
  }
}
