package org.ocmcore.cache.domain.entry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A value: opaque bytes, with the 32-bit flags of the client that wrote it (memcached
 * doc/protocol.txt, "Storage commands"). Immutable. It is never deserialised.
 */
public final class CacheValue {
  public static final long MAX_FLAGS = 0xFFFF_FFFFL;

  private final byte[] bytes;
  private final long flags;

  private CacheValue(byte[] bytes, long flags) {
    if (flags < 0 || flags > MAX_FLAGS) {
      throw new IllegalArgumentException("flags " + flags + " are not within 0 to " + MAX_FLAGS);
    }
    this.bytes = bytes;
    this.flags = flags;
  }

  /**
   * A copy of these bytes, with flags.
   *
   * @throws IllegalArgumentException unless the flags are 0 to {@value #MAX_FLAGS}
   */
  public static CacheValue of(byte[] bytes, long flags) {
    return new CacheValue(bytes.clone(), flags);
  }

  /** These bytes without a copy. The caller must not use the array any more. */
  public static CacheValue wrap(byte[] bytes, long flags) {
    return new CacheValue(bytes, flags);
  }

  /** The UTF-8 bytes of a text, with flags 0, as every memcached client reads it. */
  public static CacheValue ofText(String text) {
    return new CacheValue(text.getBytes(StandardCharsets.UTF_8), 0);
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** A read-only view of the bytes, without a copy. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** Appends the bytes to a buffer. */
  public void appendTo(ByteBuffer target) {
    target.put(bytes);
  }

  /** The number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** The flags, 0 to {@value #MAX_FLAGS}. */
  public long flags() {
    return flags;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CacheValue value
        && flags == value.flags
        && Arrays.equals(bytes, value.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(bytes) + Long.hashCode(flags);
  }

  /** Size and flags. Never the bytes: values do not belong into logs. */
  @Override
  public String toString() {
    return bytes.length + " bytes, flags " + flags;
  }
}
