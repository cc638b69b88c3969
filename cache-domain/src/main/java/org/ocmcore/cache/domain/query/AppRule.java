package org.ocmcore.cache.domain.query;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.pattern.GroupPattern;

/**
 * Says which app a key belongs to. Each key belongs to exactly one. Immutable.
 *
 * <p>By separators, the app is what stands before the first of them. Keys without a separator, or
 * with nothing or no UTF-8 before it, belong to {@link AppName#GLOBAL}.
 *
 * <p>By a pattern, the app is what its first group finds. Keys in which the pattern is not found,
 * or whose group is empty, took no part or is no UTF-8, belong to {@link AppName#GLOBAL}.
 */
public final class AppRule {
  /** By the separator {@code :}. */
  public static final AppRule DEFAULT = ofSeparators(":");

  private final String separators;
  private final Optional<GroupPattern> pattern;

  private AppRule(String separators, Optional<GroupPattern> pattern) {
    this.separators = separators;
    this.pattern = pattern;
  }

  /**
   * By separators.
   *
   * @param separators single characters, one after the other
   * @throws IllegalArgumentException if there is none, or one is no ASCII punctuation
   */
  public static AppRule ofSeparators(String separators) {
    if (separators.isEmpty() || !separators.chars().allMatch(AppRule::isPunctuation)) {
      throw new IllegalArgumentException(
          "it must be one or more of ASCII's punctuation characters, such as :._|");
    }
    StringBuilder distinct = new StringBuilder();
    separators.chars().distinct().forEach(distinct::appendCodePoint);
    return new AppRule(distinct.toString(), Optional.empty());
  }

  private static boolean isPunctuation(int character) {
    return character > ' ' && character < 0x7f && !Character.isLetterOrDigit(character);
  }

  /**
   * By a regular expression, which is found anywhere in the key.
   *
   * @throws org.ocmcore.cache.domain.pattern.InvalidPattern as {@link GroupPattern#of}
   */
  public static AppRule ofPattern(String regex) {
    return new AppRule("", Optional.of(GroupPattern.of(regex)));
  }

  /** Finds the apps of any number of keys with one bound on its work. For one thread. */
  public AppFinder finder() {
    return pattern
        .map(group -> new AppFinder(group.search()))
        .orElseGet(() -> new AppFinder(separators));
  }

  /** Whether it is by a pattern, whose work can exceed its bound. */
  public boolean isPattern() {
    return pattern.isPresent();
  }

  /** A range that contains all keys of these apps. */
  KeyRange range(AppScope scope) {
    return scope.only().isPresent() && scope.only().get().size() == 1
        ? range(scope.only().get().first())
        : KeyRange.ALL;
  }

  private KeyRange range(AppName app) {
    if (isScattered(app)) {
      return KeyRange.ALL;
    }
    String prefix = isRange(app) ? app.name() + separators : app.name();
    return KeyRange.prefix(prefix.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether these apps have every key of their {@link #range}. */
  boolean isRange(AppScope scope) {
    return scope.isAll()
        || scope.only().get().size() == 1 && isRange(scope.only().get().first());
  }

  private boolean isRange(AppName app) {
    return separators.length() == 1 && !isScattered(app) && app.name().indexOf(separators) < 0;
  }

  private boolean isScattered(AppName app) {
    return isPattern() || app.equals(AppName.GLOBAL);
  }
}
