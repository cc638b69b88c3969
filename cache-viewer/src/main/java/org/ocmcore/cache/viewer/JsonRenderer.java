package org.ocmcore.cache.viewer;

/** JSON with one member on each line. Strings and numbers keep their spelling, keys their order. */
final class JsonRenderer implements ValueRenderer {
  @Override
  public ValueFormat format() {
    return ValueFormat.JSON;
  }

  @Override
  public boolean fits(byte[] value) {
    for (byte each : value) {
      if (!isSpace(each)) {
        return each == '{' || each == '[' || each == '"';
      }
    }
    return false;
  }

  private static boolean isSpace(int character) {
    return character == ' ' || character == '\n' || character == '\r' || character == '\t';
  }

  @Override
  public void render(byte[] value, ViewOutput out) {
    int invalid = Utf8Text.firstInvalid(value);
    if (invalid >= 0) {
      throw new DecodingException("json", "byte " + invalid + " is not UTF-8");
    }
    ViewInput in = new ViewInput("json", value);
    value(in, out);
    skipSpace(in);
    in.requireEnd();
  }

  private static void skipSpace(ViewInput in) {
    while (!in.isAtEnd() && isSpace(in.peek())) {
      in.u8();
    }
  }

  private void value(ViewInput in, ViewOutput out) {
    skipSpace(in);
    switch (in.peek()) {
      case '{' -> members(in, out, '{', '}');
      case '[' -> members(in, out, '[', ']');
      case '"' -> string(in, out);
      case 't' -> word(in, out, "true");
      case 'f' -> word(in, out, "false");
      case 'n' -> word(in, out, "null");
      default -> number(in, out);
    }
  }

  private void members(ViewInput in, ViewOutput out, char open, char close) {
    in.expect(open);
    out.text(String.valueOf(open)).enter();
    skipSpace(in);
    boolean isEmpty = in.peek() == close;
    while (in.peek() != close) {
      out.line();
      if (open == '{') {
        string(in, out);
        skipSpace(in);
        in.expect(':');
        out.text(": ");
      }
      value(in, out);
      skipSpace(in);
      if (in.peek() == ',') {
        in.u8();
        out.text(",");
        skipSpace(in);
        if (in.peek() == close) {
          throw in.malformed("a value must follow after the comma");
        }
      } else if (in.peek() != close) {
        throw in.malformed("there must be ',' or '" + close + "'");
      }
    }
    in.u8();
    out.leave();
    if (!isEmpty) {
      out.line();
    }
    out.text(String.valueOf(close));
  }

  private static void string(ViewInput in, ViewOutput out) {
    int from = in.position();
    in.expect('"');
    for (int next = in.u8(); next != '"'; next = in.u8()) {
      if (next < ' ') {
        throw in.malformed("a string has a control character without an escape");
      }
      if (next == '\\') {
        escape(in);
      }
    }
    in.writeSince(from, out);
  }

  private static void escape(ViewInput in) {
    int kind = in.u8();
    if (kind == 'u') {
      for (int i = 0; i < 4; i++) {
        if (Character.digit(in.u8(), 16) < 0) {
          throw in.malformed("\\u needs four hexadecimal digits");
        }
      }
    } else if ("\"\\/bfnrt".indexOf(kind) < 0) {
      throw in.malformed("there is no such escape");
    }
  }

  private static void word(ViewInput in, ViewOutput out, String word) {
    for (char each : word.toCharArray()) {
      in.expect(each);
    }
    out.text(word);
  }

  private static void number(ViewInput in, ViewOutput out) {
    int from = in.position();
    skip(in, "-");
    if (!skip(in, "0")) {
      digits(in);
    }
    if (skip(in, ".")) {
      digits(in);
    }
    if (skip(in, "eE")) {
      skip(in, "+-");
      digits(in);
    }
    in.writeSince(from, out);
  }

  private static boolean skip(ViewInput in, String any) {
    boolean isThere = !in.isAtEnd() && any.indexOf(in.peek()) >= 0;
    if (isThere) {
      in.u8();
    }
    return isThere;
  }

  private static void digits(ViewInput in) {
    if (!skip(in, "0123456789")) {
      throw in.malformed("there must be a value or a digit");
    }
    while (skip(in, "0123456789")) {}
  }
}
