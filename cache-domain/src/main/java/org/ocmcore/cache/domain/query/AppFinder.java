package org.ocmcore.cache.domain.query;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.GroupPattern;

/** Finds the apps of keys by an {@link AppRule}. For use by one thread. */
public final class AppFinder {
  private static final byte[] GLOBAL = AppName.GLOBAL.name().getBytes(StandardCharsets.US_ASCII);

  /** For each byte, whether it is a separator. */
  private final boolean[] separators = new boolean[256];

  /** Null if the rule is by separators. */
  private final GroupPattern.Search search;

  AppFinder(String separators) {
    this.search = null;
    separators.chars().forEach(separator -> this.separators[separator] = true);
  }

  AppFinder(GroupPattern.Search search) {
    this.search = search;
  }

  /** A finder for another thread. */
  AppFinder fork() {
    return isByPattern() ? new AppFinder(search.fork()) : this;
  }

  boolean isByPattern() {
    return search != null;
  }

  /** The app of a key. */
  public AppName appOf(CacheKey key) {
    byte[] bytes = key.bytes();
    return appOf(bytes, 0, bytes.length);
  }

  /** The app of the key that is part of an array. */
  AppName appOf(byte[] bytes, int from, int to) {
    if (isByPattern()) {
      return search.first(bytes, from, to).map(AppName::orGlobal).orElse(AppName.GLOBAL);
    }
    int end = end(bytes, from, to);
    return end < 0
        ? AppName.GLOBAL
        : new AppName(new String(bytes, from, end - from, StandardCharsets.UTF_8));
  }

  /**
   * The end of the app's name, which the key begins with; -1 if the key belongs to
   * {@link AppName#GLOBAL}. Only if the rule is by separators. Creates no objects for ASCII.
   */
  int end(byte[] bytes, int from, int to) {
    boolean ascii = true;
    int end = from;
    while (end < to && !isSeparator(bytes[end])) {
      ascii &= bytes[end] >= 0;
      end++;
    }
    if (end == to
        || end == from
        || Arrays.equals(bytes, from, end, GLOBAL, 0, GLOBAL.length)
        || !ascii && !CacheKey.ofBytes(bytes, from, end).isText()) {
      return -1;
    }
    return end;
  }

  boolean isSeparator(byte b) {
    return separators[b & 0xff];
  }
}
