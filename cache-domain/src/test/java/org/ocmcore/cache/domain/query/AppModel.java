package org.ocmcore.cache.domain.query;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;

/** A rule of apps, and what it means, in the simplest words. */
record AppModel(AppRule rule, Apps apps) {
  /** By the default rule. */
  static final AppModel DEFAULT = separators(":");

  /** Says the app of a key. */
  interface Apps {
    AppName of(CacheKey key);
  }

  static AppModel separators(String separators) {
    return new AppModel(AppRule.ofSeparators(separators), key -> {
      byte[] bytes = key.bytes();
      for (int i = 1; i < bytes.length; i++) {
        if (separators.indexOf(bytes[0]) < 0 && separators.indexOf(bytes[i]) >= 0) {
          CacheKey before = CacheKey.ofBytes(Arrays.copyOf(bytes, i));
          return before.isText() ? new AppName(before.toString()) : AppName.GLOBAL;
        }
      }
      return AppName.GLOBAL;
    });
  }

  static AppModel pattern(String regex) {
    Pattern plain = Pattern.compile(regex);
    return new AppModel(AppRule.ofPattern(regex), key -> {
      Matcher matcher = plain.matcher(key.characters());
      if (!matcher.find() || matcher.group(1) == null || matcher.group(1).isEmpty()) {
        return AppName.GLOBAL;
      }
      int[] characters = matcher.group(1).chars().toArray();
      if (key.isText() || Arrays.stream(characters).allMatch(character -> character < 0x80)) {
        return new AppName(matcher.group(1));
      }
      byte[] bytes = new byte[characters.length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) characters[i];
      }
      CacheKey group = CacheKey.ofBytes(bytes);
      return group.isText() ? new AppName(group.toString()) : AppName.GLOBAL;
    });
  }

  AppName of(CacheKey key) {
    return apps.of(key);
  }

  boolean owns(AppName app, CacheKey key) {
    return of(key).equals(app);
  }
}
