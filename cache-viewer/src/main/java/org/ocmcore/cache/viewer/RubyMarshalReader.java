package org.ocmcore.cache.viewer;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads one value of Ruby's Marshal, and writes it as a tree. */
final class RubyMarshalReader {
  /** Longer integers are shown in hexadecimal, which takes no time. */
  private static final int MAX_DECIMAL = 256;

  /** The array beside its bytes, and its place in the list. */
  private static final long PER_SYMBOL = 48;

  private final ViewInput in;
  private final ViewOutput out;
  private final List<byte[]> symbols = new ArrayList<>();

  RubyMarshalReader(ViewInput in, ViewOutput out) {
    this.in = in;
    this.out = out;
  }

  void value() {
    int type = in.u8();
    switch (type) {
      case '0' -> out.text("nil");
      case 'T' -> out.text("true");
      case 'F' -> out.text("false");
      case 'i' -> out.text(number());
      case 'l' -> out.text(bigNumber());
      case 'f' -> out.text("float ").text(name(bytes()));
      case '"' -> in.quote(number(), out);
      case ':', ';' -> {
        out.text(":");
        Utf8Text.quote(symbol(type), out);
      }
      case '@' -> out.text("same object as #").text(number());
      case 'I' -> withVariables();
      case '[' -> list();
      case '{' -> pairs("", false);
      case '}' -> {
        pairs("", false);
        out.text(" default ");
        nested();
      }
      case '/' -> {
        out.text("regexp ");
        in.quote(number(), out);
        out.text(" options ").text(in.u8());
      }
      case 'c', 'm', 'M' -> out.text(type == 'c' ? "class " : "module ").text(name(bytes()));
      case 'o' -> pairs("object " + className() + " ", true);
      case 'S' -> pairs("struct " + className() + " ", true);
      case 'u' -> {
        out.text("object ").text(className()).text(" dumped by itself ");
        in.quote(number(), out);
      }
      case 'U' -> named("object " + className() + " dumped by itself ");
      case 'C' -> named("of class " + className() + " ");
      case 'e' -> named("extended by " + className() + " ");
      case 'd' -> named("data " + className() + " ");
      default -> throw in.malformed(String.format("there is no type %02x", type));
    }
  }

  private static String name(byte[] name) {
    return Utf8Text.name(name);
  }

  private void named(String text) {
    out.text(text);
    nested();
  }

  private void nested() {
    out.nest();
    value();
    out.unnest();
  }

  private long number() {
    int first = (byte) in.u8();
    if (first == 0 || first > 4 || first < -4) {
      return first == 0 ? 0 : first > 0 ? first - 5 : first + 5;
    }
    int size = Math.abs(first);
    long value = in.littleEndian(size);
    return first > 0 ? value : value - (1L << (8 * size));
  }

  private String bigNumber() {
    int sign = in.u8();
    if (sign != '+' && sign != '-') {
      throw in.malformed("an integer has a sign");
    }
    byte[] little = in.take(2 * number());
    String prefix = sign == '-' ? "-" : "";
    if (little.length > MAX_DECIMAL) {
      // The digits, and the text with them.
      out.budget().copy(5L * little.length);
      return prefix + "little endian " + HexFormat.of().formatHex(little);
    }
    byte[] big = new byte[little.length];
    for (int i = 0; i < big.length; i++) {
      big[i] = little[big.length - 1 - i];
    }
    return prefix + new BigInteger(1, big);
  }

  private byte[] bytes() {
    return in.take(number());
  }

  private String className() {
    return name(symbol(in.u8()));
  }

  private byte[] symbol(int type) {
    if (type == ':') {
      byte[] symbol = bytes();
      out.budget().keep(PER_SYMBOL + symbol.length);
      symbols.add(symbol);
      return symbol;
    }
    if (type == ';') {
      long index = number();
      if (index < 0 || index >= symbols.size()) {
        throw in.malformed("there is no symbol " + index);
      }
      return symbols.get((int) index);
    }
    if (type == 'I') {
      if (in.u8() != ':') {
        throw in.malformed("there must be a symbol");
      }
      byte[] symbol = symbol(':');
      out.nest();
      variables();
      out.unnest();
      return symbol;
    }
    throw in.malformed("there must be a symbol");
  }

  /** A string with its encoding, or an object with variables beside its content. */
  private void withVariables() {
    nested();
    variables();
  }

  private void variables() {
    int count = in.size(number());
    for (int i = 0; i < count; i++) {
      byte[] name = symbol(in.u8());
      // UTF-8 and ASCII are the rule.
      boolean isUsual =
          name.length == 1 && name[0] == 'E' && (in.peek() == 'T' || in.peek() == 'F');
      if (isUsual) {
        in.u8();
      } else {
        out.text(" with ").text(name(name)).text(" ");
        nested();
      }
    }
  }

  private void list() {
    int count = in.size(number());
    out.text("[").enter();
    for (int i = 0; i < count; i++) {
      out.line();
      value();
    }
    out.leave();
    (count > 0 ? out.line() : out).text("]");
  }

  private void pairs(String head, boolean isObject) {
    int count = in.size(number());
    out.text(head).text("{").enter();
    for (int i = 0; i < count; i++) {
      out.line();
      if (isObject) {
        out.text(name(symbol(in.u8()))).text(" = ");
      } else {
        value();
        out.text(" => ");
      }
      value();
    }
    out.leave();
    (count > 0 ? out.line() : out).text("}");
  }
}
