package org.ocmcore.cache.domain.key;

/**
 * The application that a key belongs to: what stands before the first {@code :} of the key.
 *
 * @param name not empty and without {@code :}
 */
public record AppName(String name) implements Comparable<AppName> {
  /** The owner of keys with nothing before a {@code :}. */
  public static final AppName GLOBAL = new AppName("global");

  public AppName {
    if (name.isEmpty() || name.indexOf(':') >= 0) {
      throw new IllegalArgumentException("app \"" + name + "\" must not be empty or contain \":\"");
    }
  }

  /**
   * The app of this key; for a key that is not UTF-8 its name is readable as in
   * {@link CacheKey#toString}.
   */
  public static AppName of(CacheKey key) {
    String readable = key.toString();
    int colon = readable.indexOf(':');
    return colon <= 0 ? GLOBAL : new AppName(readable.substring(0, colon));
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
