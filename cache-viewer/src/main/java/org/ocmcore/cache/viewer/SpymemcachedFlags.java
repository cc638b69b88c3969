package org.ocmcore.cache.viewer;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Flags of spymemcached and xmemcached: 1 serialized, 2 gzip, and types of numbers from 256 on. */
final class SpymemcachedFlags implements ClientFlags {
  private static final int SERIALIZED = 1;
  private static final int COMPRESSED = 2;
  private static final int TYPE = 0xff00;

  @Override
  public String name() {
    return "spymemcached";
  }

  private static boolean hasOther(long flags) {
    return flags < 0 || (flags & ~(TYPE | SERIALIZED | COMPRESSED)) != 0 || flags >> 8 > 8;
  }

  @Override
  public boolean fits(byte[] value, long flags) {
    if (flags == 0 || hasOther(flags)) {
      return false;
    }
    if ((flags & COMPRESSED) != 0) {
      return !new GzipDecoder().evidence(value).isEmpty();
    }
    return flags == SERIALIZED
        ? new JavaStreamRenderer().fits(value)
        : flags >> 8 == 8 || value.length <= 8;
  }

  @Override
  public Stored decode(byte[] value, long flags, ViewBudget budget) {
    if (hasOther(flags)) {
      throw new DecodingException(name(), "this client does not use the flags " + flags);
    }
    boolean isCompressed = (flags & COMPRESSED) != 0;
    byte[] bytes = isCompressed ? new GzipDecoder().decode(value, budget) : value;
    String reason = "flags " + flags;
    if ((flags & SERIALIZED) != 0) {
      return stored(bytes, ValueFormat.JAVA, isCompressed, reason, "java");
    }
    return switch ((int) flags >> 8) {
      case 1 ->
        number(number(bytes) == 0 ? "false" : "true", ValueFormat.TEXT, reason + ": boolean");
      case 2 -> number(number(bytes) + "", ValueFormat.INTEGER, reason + ": int");
      case 3 -> number(number(bytes) + "", ValueFormat.INTEGER, reason + ": long");
      case 4 -> number(number(bytes) + "", ValueFormat.TIME, reason + ": date");
      case 5 -> number((byte) number(bytes) + "", ValueFormat.INTEGER, reason + ": byte");
      case 6 ->
        number(
            Float.intBitsToFloat((int) number(bytes)) + "", ValueFormat.TEXT, reason + ": float");
      case 7 ->
        number(Double.longBitsToDouble(number(bytes)) + "", ValueFormat.TEXT, reason + ": double");
      case 8 -> stored(bytes, null, isCompressed, reason, "byte array");
      default -> stored(bytes, null, isCompressed, reason, "string");
    };
  }

  private Stored stored(
      byte[] bytes, ValueFormat format, boolean isCompressed, String reason, String what) {
    return isCompressed
        ? new Stored(bytes, Optional.ofNullable(format), "gzip", reason + ", " + name())
        : new Stored(bytes, Optional.ofNullable(format), name(), reason + ": " + what);
  }

  /** Big endian, without leading zeros. An {@code int} of four bytes keeps its sign. */
  private long number(byte[] bytes) {
    if (bytes.length > 8) {
      throw new DecodingException(
          name(), "a number has at most 8 bytes, the value has " + bytes.length);
    }
    long value = new ViewInput(name(), bytes).bigEndian(bytes.length);
    return bytes.length == 4 ? (int) value : value;
  }

  private Stored number(String text, ValueFormat format, String reason) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return new Stored(bytes, Optional.of(format), name(), reason);
  }
}
