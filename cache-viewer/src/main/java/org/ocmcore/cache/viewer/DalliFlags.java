package org.ocmcore.cache.viewer;

import java.util.Optional;

/** Flags of Ruby's dalli: 1 Marshal, 2 compressed, 4 UTF-8. */
final class DalliFlags implements ClientFlags {
  private static final int MARSHAL = 1;
  private static final int COMPRESSED = 2;
  private static final int UTF8 = 4;

  @Override
  public String name() {
    return "dalli";
  }

  @Override
  public boolean fits(byte[] value, long flags) {
    if (flags < 1 || flags > 7) {
      return false;
    }
    if ((flags & COMPRESSED) != 0) {
      return !DeflateDecoder.ZLIB.evidence(value).isEmpty();
    }
    return flags == MARSHAL ? new RubyMarshalRenderer().fits(value) : Utf8Text.isPlain(value);
  }

  @Override
  public Stored decode(byte[] value, long flags, ViewBudget budget) {
    if (flags < 0 || flags > 7) {
      throw new DecodingException(name(), "this client does not use the flags " + flags);
    }
    Optional<ValueFormat> format =
        (flags & MARSHAL) != 0 ? Optional.of(ValueFormat.RUBY) : Optional.empty();
    if ((flags & COMPRESSED) == 0) {
      String what = format.map(ValueFormat::text).orElse((flags & UTF8) != 0 ? "text" : "bytes");
      return new Stored(value, format, name(), "flags " + flags + ": " + what);
    }
    ByteDecoder decoder = new GzipDecoder();
    if (decoder.evidence(value).isEmpty()) {
      decoder = DeflateDecoder.ZLIB;
    }
    byte[] bytes = decoder.decode(value, budget);
    return new Stored(bytes, format, decoder.name(), "flags " + flags + ", dalli");
  }
}
