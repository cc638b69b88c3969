package org.ocmcore.cache.viewer;

import java.util.Optional;

/** Flags of Python's clients: 1 pickle, 2 int, 4 long, 8 zlib, 16 text. */
final class PythonFlags implements ClientFlags {
  private static final int PICKLE = 1;
  private static final int INTEGER = 2;
  private static final int LONG = 4;
  private static final int ZLIB = 8;
  private static final int TEXT = 16;

  private final String name;

  /** {@code pymemcache} or {@code pylibmc}, which share their flags. */
  PythonFlags(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean fits(byte[] value, long flags) {
    if (flags < 1 || flags > 31 || Long.bitCount(flags & ~ZLIB) > 1) {
      return false;
    }
    if ((flags & ZLIB) != 0) {
      return !DeflateDecoder.ZLIB.evidence(value).isEmpty();
    }
    return switch ((int) flags) {
      case PICKLE -> new PickleRenderer().fits(value);
      case TEXT -> Utf8Text.isPlain(value);
      default -> new IntegerRenderer().fits(value);
    };
  }

  @Override
  public Stored decode(byte[] value, long flags, ViewBudget budget) {
    if (flags < 0 || flags > 31 || Long.bitCount(flags & ~ZLIB) > 1) {
      throw new DecodingException(name, "this client does not use the flags " + flags);
    }
    int type = (int) flags & ~ZLIB;
    Optional<ValueFormat> format = switch (type) {
      case PICKLE -> Optional.of(ValueFormat.PICKLE);
      case INTEGER, LONG -> Optional.of(ValueFormat.INTEGER);
      // Text may be JSON.
      default -> Optional.empty();
    };
    if ((flags & ZLIB) != 0) {
      byte[] bytes = DeflateDecoder.ZLIB.decode(value, budget);
      return new Stored(bytes, format, "zlib", "flags " + flags + ", " + name);
    }
    String what = format.map(ValueFormat::text).orElse(type == TEXT ? "text" : "bytes");
    return new Stored(value, format, name, "flags " + flags + ": " + what);
  }
}
