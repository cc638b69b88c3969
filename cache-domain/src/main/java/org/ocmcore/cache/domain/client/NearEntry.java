package org.ocmcore.cache.domain.client;

import java.lang.reflect.Type;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;

/** What a {@link NearMap} keeps under a key. Immutable. */
public final class NearEntry {
  /** About the bytes of its objects, and of those that a map adds. */
  private static final long OVERHEAD = 300;

  private final Object generation;
  private final Optional<?> shared;
  private final Type type;
  private final CacheValue stored;
  private final Expiry expiry;
  private final long bytes;
  private final long end;

  private NearEntry(
      Object generation,
      Optional<?> shared,
      Type type,
      CacheValue stored,
      Expiry expiry,
      long bytes,
      long end) {
    this.generation = generation;
    this.shared = shared;
    this.type = type;
    this.stored = stored;
    this.expiry = expiry;
    this.bytes = bytes;
    this.end = end;
  }

  /** An entry of an immutable value, which all readers share. */
  static NearEntry shared(
      String key, NearStamp stamp, Optional<?> value, Type type, Expiry expiry, long end) {
    int length = value.orElseThrow() instanceof String text ? text.length() : 0;
    return new NearEntry(
        stamp.generation(), value, type, null, expiry, bytes(key) + 2L * length, end);
  }

  /** An entry of a value that is decoded anew for each reader. */
  static NearEntry encoded(String key, NearStamp stamp, CacheValue value, Expiry expiry, long end) {
    return new NearEntry(
        stamp.generation(), null, null, value, expiry, bytes(key) + value.length(), end);
  }

  private static long bytes(String key) {
    return OVERHEAD + 2L * key.length();
  }

  /** Whether it was read in this generation. */
  boolean isOf(Object current) {
    return generation == current;
  }

  /** Whether a reader who wants this type can have it. */
  boolean fits(Type wanted) {
    return type == null || type == wanted || type.equals(wanted);
  }

  /** The value that all readers share, or null if it is {@link #stored}. */
  Optional<?> shared() {
    return shared;
  }

  /** The value that is decoded anew for each reader, or null if it is {@link #shared}. */
  CacheValue stored() {
    return stored;
  }

  /** When the item expires at the server. */
  Expiry expiry() {
    return expiry;
  }

  /** About the bytes of memory that the entry takes, with its key; more than 0. */
  public long bytes() {
    return bytes;
  }

  /** The end of the entry, by {@link NearMap#nanoTime}. */
  public long end() {
    return end;
  }
}
