package org.ocmcore.cache.domain.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.ReservedKeys;

/** The keys of a cache or of an app view: those with a prefix. Immutable. */
final class KeyNamespace {
  static final KeyNamespace ROOT = new KeyNamespace("");

  private final String prefix;
  private final byte[] prefixBytes;

  private KeyNamespace(String prefix) {
    this.prefix = prefix;
    this.prefixBytes = prefix.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The app with this name, whose keys begin with it and {@code :}.
   *
   * @throws IllegalArgumentException if it is empty, contains {@code :} or leaves no room for a key
   */
  static AppName appNamed(String name) {
    if (name.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "app is \"%s\", it must not contain \":\"".formatted(name));
    }
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length >= CacheKey.MAX_BYTES) {
      throw new IllegalArgumentException(
          "app is %d bytes long, it must be %d at most".formatted(length, CacheKey.MAX_BYTES - 1));
    }
    return new AppName(name);
  }

  /** The keys of an app, within this namespace. */
  KeyNamespace app(AppName app) {
    return new KeyNamespace(prefix + app + ":");
  }

  /** The keys of a generation, within this namespace. */
  KeyNamespace generation(long number) {
    return new KeyNamespace(prefix + number + ":");
  }

  boolean isRoot() {
    return prefixBytes.length == 0;
  }

  /**
   * The key with this name.
   *
   * @throws IllegalArgumentException see {@link CacheKey#of}
   */
  CacheKey key(String name) {
    return CacheKey.of(fullName(name));
  }

  /** The text of the key with this name, whether it is valid or not. */
  String fullName(String name) {
    Objects.requireNonNull(name, "key");
    return isRoot() ? name : prefix + name;
  }

  /** Whether the key is in this namespace, and no key that the system keeps for itself. */
  boolean contains(byte[] key) {
    return key.length > prefixBytes.length
        && Arrays.equals(key, 0, prefixBytes.length, prefixBytes, 0, prefixBytes.length)
        && !ReservedKeys.contains(key);
  }

  /** The number of bytes before the name of a key. */
  int prefixLength() {
    return prefixBytes.length;
  }

  /** The name of a key in this namespace. */
  String name(CacheKey key) {
    return key.characters().substring(prefix.length());
  }

  @Override
  public String toString() {
    return prefix;
  }
}
