package org.ocmcore.cache.domain.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.key.Excerpt;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.pattern.KeyPattern;

/**
 * Selects keys. All conditions must hold.
 *
 * @param pattern is found in the key; empty for any key
 * @param app owns the key; empty for any app
 * @param prefix the key begins with it
 * @param traits further conditions
 * @param server holds the key; empty for any server
 * @param scope one of its apps owns the key
 */
public record KeyFilter(
    Optional<KeyPattern> pattern,
    Optional<AppName> app,
    KeyBytes prefix,
    KeyCriteria traits,
    Optional<String> server,
    AppScope scope) {
  /** Every key. */
  public static final KeyFilter ALL = new KeyFilter(
      Optional.empty(), Optional.empty(), KeyBytes.NONE, KeyCriteria.ANY, Optional.empty());

  /** Without a limit to some apps. */
  public KeyFilter(
      Optional<KeyPattern> pattern,
      Optional<AppName> app,
      KeyBytes prefix,
      KeyCriteria traits,
      Optional<String> server) {
    this(pattern, app, prefix, traits, server, AppScope.ALL);
  }

  /** The keys in which this pattern is found. */
  public static KeyFilter matching(KeyPattern pattern) {
    return ALL.with(pattern);
  }

  /** The keys of this app. */
  public static KeyFilter of(AppName app) {
    return ALL.with(app);
  }

  /** The keys with this prefix. */
  public static KeyFilter startingWith(KeyBytes prefix) {
    return new KeyFilter(
        Optional.empty(), Optional.empty(), prefix, KeyCriteria.ANY, Optional.empty());
  }

  /** The same with this pattern. */
  public KeyFilter with(KeyPattern other) {
    return new KeyFilter(Optional.of(other), app, prefix, traits, server, scope);
  }

  /** The same for this app. */
  public KeyFilter with(AppName other) {
    return new KeyFilter(pattern, Optional.of(other), prefix, traits, server, scope);
  }

  /** The same with these conditions. */
  public KeyFilter with(KeyCriteria others) {
    return new KeyFilter(pattern, app, prefix, others, server, scope);
  }

  /** The same on this server. */
  public KeyFilter on(String only) {
    return new KeyFilter(pattern, app, prefix, traits, Optional.of(only), scope);
  }

  /** The same limited to the apps that this scope has, too. */
  public KeyFilter within(AppScope other) {
    return other.isAll()
        ? this
        : new KeyFilter(pattern, app, prefix, traits, server, scope.and(other));
  }

  /** Whether it has no condition. */
  public boolean isAll() {
    return pattern.isEmpty()
        && app.isEmpty()
        && prefix.isEmpty()
        && traits.isAny()
        && server.isEmpty()
        && scope.isAll();
  }

  /** Whether every key passes, whatever it is. A pattern may say so in many ways. */
  public boolean passesEverything() {
    return pattern.map(KeyPattern::isFoundEverywhere).orElse(true)
        && app.isEmpty()
        && prefix.isEmpty()
        && traits.passEverything()
        && server.isEmpty()
        && scope.isAll();
  }

  /** The apps whose keys it selects. */
  private AppScope selectedApps() {
    return app.map(one -> AppScope.of(Set.of(one)).and(scope)).orElse(scope);
  }

  /** A range that contains all selected keys. */
  KeyRange range(AppRule apps) {
    KeyRange range = prefix.range();
    if (pattern.isPresent()) {
      range = range.and(pattern.get().range());
    }
    return range.and(apps.range(selectedApps()));
  }

  /** Whether it selects every key of {@link #range}. */
  boolean isRange(AppRule apps) {
    return searchedPattern().isEmpty()
        && apps.isRange(selectedApps())
        && traits.isAny()
        && server.isEmpty();
  }

  /** The pattern that must be searched in each key of {@link #range}; empty if there is none. */
  Optional<KeyPattern> searchedPattern() {
    return pattern.filter(given -> !given.isRange());
  }

  /** Checks the app; empty if every key of the {@link #range} passes. */
  Optional<AppMatcher> appMatcher(AppRule apps) {
    AppScope selected = selectedApps();
    return apps.isRange(selected)
        ? Optional.empty()
        : selected.only().map(names -> new AppMatcher(names, apps.finder()));
  }

  /** The conditions in the domain's words. */
  @Override
  public String toString() {
    return words(Criterion::toString);
  }

  /**
   * The conditions in words; long patterns and names are cut.
   *
   * @param names what the caller calls each criterion
   */
  public String words(Function<Criterion, String> names) {
    List<String> words = new ArrayList<>();
    pattern.ifPresent(given -> words.add(
        (given.isGlob() ? "glob '" : "pattern '") + Excerpt.ofName(given.toString()) + "'"));
    app.ifPresent(given -> words.add("app '" + Excerpt.ofName(given.toString()) + "'"));
    if (!prefix.isEmpty()) {
      words.add("prefix '" + Excerpt.ofName(prefix.toString()) + "'");
    }
    if (!traits.isAny()) {
      words.add(traits.words(names));
    }
    server.ifPresent(given -> words.add("server " + given));
    if (words.isEmpty()) {
      words.add("any name");
    }
    scope.only().ifPresent(only -> words.add("of the apps " + scope));
    return String.join(", ", words);
  }
}
