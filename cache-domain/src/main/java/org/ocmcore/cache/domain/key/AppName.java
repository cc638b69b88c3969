package org.ocmcore.cache.domain.key;

import java.nio.charset.StandardCharsets;

/**
 * The application that a key belongs to, as the settings say.
 *
 * @param name not empty, without half surrogate pairs; at most {@link CacheKey#MAX_BYTES} bytes of
 *     UTF-8
 */
public record AppName(String name) implements Comparable<AppName> {
  /** Owns all keys that belong to no other app. */
  public static final AppName GLOBAL = new AppName("global");

  public AppName {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("app is \"\", it must not be empty");
    }
    if (!CacheKey.isUnicode(name)) {
      throw new IllegalArgumentException("app contains half a surrogate pair, which is no text");
    }
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length > CacheKey.MAX_BYTES) {
      throw new IllegalArgumentException(
          "app is %d bytes long, it must be %d at most".formatted(length, CacheKey.MAX_BYTES));
    }
  }

  /** The app with this name; {@link #GLOBAL} if it is empty or half a surrogate pair. */
  public static AppName orGlobal(String name) {
    return name.isEmpty() || !CacheKey.isUnicode(name) ? GLOBAL : new AppName(name);
  }

  @Override
  public int compareTo(AppName other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
