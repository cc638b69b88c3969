package org.ocmcore.cache.domain.key;

import java.nio.charset.StandardCharsets;

/**
 * The application that a key belongs to: what stands before the first {@code :} of the key.
 *
 * @param name not empty and without {@code :}, nor half a surrogate pair; at most
 *     {@value #MAX_BYTES} bytes of UTF-8, so that a key can begin with it
 */
public record AppName(String name) implements Comparable<AppName> {
  /** What leaves room for the {@code :} in a key. */
  private static final int MAX_BYTES = CacheKey.MAX_BYTES - 1;

  /** The owner of keys with nothing before a {@code :}, or with what is not UTF-8. */
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
   * The app of this key: that of two keys is the same only if the bytes before the first {@code :}
   * are, or if it is {@link #GLOBAL}.
   */
  public static AppName of(CacheKey key) {
    return key.textBeforeColon()
        .filter(name -> !name.isEmpty())
        .map(AppName::new)
        .orElse(GLOBAL);
  }

  /** Whether the key is this app's. */
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
