package org.ocmcore.cache.domain.query;

import java.util.Arrays;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;

/** Recognises apps by the bytes of keys, without creating an object for each key. */
final class App {
  private static final byte[] GLOBAL = {'g', 'l', 'o', 'b', 'a', 'l'};

  private App() {}

  /** The keys of an app that is not {@link AppName#GLOBAL}: they begin with its name. */
  static KeyRange range(AppName app) {
    return KeyBytes.of(app.name() + ":").range();
  }

  /** The end of the app's name, or -1 if the key belongs to {@link AppName#GLOBAL}. */
  static int end(byte[] bytes, int from, int to) {
    boolean ascii = true;
    int colon = from;
    while (colon < to && bytes[colon] != ':') {
      ascii &= bytes[colon] >= 0;
      colon++;
    }
    if (colon == to
        || colon == from
        || Arrays.equals(bytes, from, colon, GLOBAL, 0, GLOBAL.length)
        || !ascii && !CacheKey.ofBytes(Arrays.copyOfRange(bytes, from, colon)).isText()) {
      return -1;
    }
    return colon;
  }
}
