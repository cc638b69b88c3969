package org.ocmcore.cache.domain.key;

import java.nio.charset.StandardCharsets;

/**
 * The application that a key belongs to: the part before the first {@code :}.
 *
 * @param name not empty, without {@code :} and half surrogate pairs; at most {@value #MAX_BYTES}
 *     bytes of UTF-8
 */
public record AppName(String name) implements Comparable<AppName> {
  /** Leaves room for the {@code :} in a key. */
  private static final int MAX_BYTES = CacheKey.MAX_BYTES - 1;

  /** Owns keys without a {@code :}, and keys with nothing or no UTF-8 before it. */
  public static final AppName GLOBAL = new AppName("global");

  public AppName {
    if (name.isEmpty() || name.indexOf(':') >= 0) {
      throw new IllegalArgumentException("app \"" + name + "\" must not be empty or contain \":\"");
    }
    if (!CacheKey.isUnicode(name)) {
      throw new IllegalArgumentException("app contains half a surrogate pair, which is no text");
    }
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "app is %d bytes long, it must be %d at most".formatted(length, MAX_BYTES));
    }
  }

  /**
   * The app of a key. Two keys have the same app if the bytes before the first {@code :} are equal,
   * or if both belong to {@link #GLOBAL}.
   */
  public static AppName of(CacheKey key) {
    return key.textBeforeColon()
        .filter(name -> !name.isEmpty())
        .map(AppName::new)
        .orElse(GLOBAL);
  }

  /** Whether the key belongs to this app. */
  public boolean owns(CacheKey key) {
    return equals(of(key));
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
