package org.ocmcore.cache.domain.query;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import org.ocmcore.cache.domain.key.AppName;

/** Checks whether keys belong to one of some apps. For use by one thread. */
final class AppMatcher {
  private final SortedSet<AppName> apps;
  private final List<byte[]> names;
  private final AppFinder finder;

  AppMatcher(SortedSet<AppName> apps, AppFinder finder) {
    this.apps = apps;
    this.names =
        apps.stream().map(app -> app.name().getBytes(StandardCharsets.UTF_8)).toList();
    this.finder = finder;
  }

  /** A matcher for another thread. */
  AppMatcher fork() {
    return new AppMatcher(apps, finder.fork());
  }

  /** Whether the key belongs to one of the apps. */
  boolean owns(byte[] bytes, int from, int to) {
    if (finder.isByPattern()) {
      return apps.contains(finder.appOf(bytes, from, to));
    }
    int end = finder.end(bytes, from, to);
    if (end < 0) {
      return apps.contains(AppName.GLOBAL);
    }
    for (byte[] name : names) {
      if (Arrays.equals(bytes, from, end, name, 0, name.length)) {
        return true;
      }
    }
    return false;
  }
}
