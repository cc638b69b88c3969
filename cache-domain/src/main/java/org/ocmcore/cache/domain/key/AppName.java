package org.ocmcore.cache.domain.key;

/**
 * The application that a key belongs to: what stands before the first {@code :} of the key.
 *
 * @param name not empty and without {@code :}
 */
public record AppName(String name) implements Comparable<AppName> {
  /** The owner of keys with nothing before a {@code :}, or with what is not UTF-8. */
  public static final AppName GLOBAL = new AppName("global");

  public AppName {
    if (name.isEmpty() || name.indexOf(':') >= 0) {
      throw new IllegalArgumentException("app \"" + name + "\" must not be empty or contain \":\"");
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
