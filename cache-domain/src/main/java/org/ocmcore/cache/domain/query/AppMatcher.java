package org.ocmcore.cache.domain.query;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ocmcore.cache.domain.key.AppName;

/** Checks whether keys belong to one app. For use by one thread. */
final class AppMatcher {
  private final AppName app;
  private final byte[] name;
  private final AppFinder finder;

  AppMatcher(AppName app, AppFinder finder) {
    this.app = app;
    this.name = app.name().getBytes(StandardCharsets.UTF_8);
    this.finder = finder;
  }

  /** A matcher for another thread, with the same bound on the work. */
  AppMatcher fork() {
    return new AppMatcher(app, finder.fork());
  }

  /** Whether the key belongs to the app. */
  boolean owns(byte[] bytes, int from, int to) {
    if (finder.isByPattern()) {
      return finder.appOf(bytes, from, to).equals(app);
    }
    int end = finder.end(bytes, from, to);
    return end < 0
        ? app.equals(AppName.GLOBAL)
        : Arrays.equals(bytes, from, end, name, 0, name.length);
  }
}
