package org.ocmcore.cache.viewer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Flags of PHP's memcached: the type in the lowest four bits, then bits for compression, and from
 * bit 16 on those of the application. Compressed bytes follow after the length of the original.
 */
final class PhpMemcachedFlags implements ClientFlags {
  private static final int COMPRESSION = 0xfff0;
  private static final int ZLIB = 0x30;
  private static final int FASTLZ = 0x50;
  private static final int ZSTD = 0x90;
  private static final int LENGTH = 4;
  private static final String[] TYPES = {
    "string", "long", "double", "bool", "serialized", "igbinary", "json", "msgpack"
  };

  @Override
  public String name() {
    return "php-memcached";
  }

  private static boolean isKnown(long flags) {
    int compression = (int) flags & COMPRESSION;
    boolean isCompression =
        compression == 0 || compression == ZLIB || compression == FASTLZ || compression == ZSTD;
    return flags >= 0 && (flags & 0xf) < TYPES.length && isCompression;
  }

  private static Optional<ValueFormat> format(long flags) {
    return switch ((int) flags & 0xf) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(ValueFormat.INTEGER);
      case 4 -> Optional.of(ValueFormat.PHP);
      case 5 -> Optional.of(ValueFormat.IGBINARY);
      case 6 -> Optional.of(ValueFormat.JSON);
      case 7 -> Optional.of(ValueFormat.MSGPACK);
      default -> Optional.of(ValueFormat.TEXT);
    };
  }

  /** Small flags are those of other clients, too, so that the bytes decide. */
  @Override
  public boolean fits(byte[] value, long flags) {
    if (!isKnown(flags)) {
      return false;
    }
    if ((flags & COMPRESSION) != 0) {
      return value.length > LENGTH;
    }
    return switch ((int) flags & 0xf) {
      case 1 -> new IntegerRenderer().fits(value);
      case 2 ->
        new String(value, StandardCharsets.ISO_8859_1).matches("-?[0-9]{1,20}[.e][0-9e+-]{1,30}");
      case 4 -> new PhpRenderer().fits(value);
      case 5 -> new IgbinaryRenderer().fits(value);
      case 6 -> value.length > 0 && Utf8Text.isPlain(value);
      case 7 -> value.length > 0 && !Utf8Text.isPlain(value);
      default -> false;
    };
  }

  @Override
  public Stored decode(byte[] value, long flags, ViewBudget budget) {
    if (!isKnown(flags)) {
      throw new DecodingException(name(), "this client does not use the flags " + flags);
    }
    String type = TYPES[(int) flags & 0xf];
    int compression = (int) flags & COMPRESSION;
    if (compression == 0) {
      return new Stored(value, format(flags), name(), "flags " + flags + ": " + type);
    }
    ViewInput in = new ViewInput(name(), value);
    long length = in.littleEndian(LENGTH);
    byte[] rest = Arrays.copyOfRange(value, LENGTH, value.length);
    byte[] bytes = switch (compression) {
      case ZLIB -> DeflateDecoder.ZLIB.decode(rest, budget);
      case ZSTD -> new ZstdDecoder().decode(rest, budget);
      default -> new FastLz().decode(rest, budget);
    };
    if (bytes.length != length) {
      throw new DecodingException(
          name(), bytes.length + " bytes come out, where the value says " + length);
    }
    String decoder = compression == ZLIB ? "zlib" : compression == ZSTD ? "zstd" : "fastlz";
    return new Stored(bytes, format(flags), decoder, "flags " + flags + ", php-memcached: " + type);
  }
}
