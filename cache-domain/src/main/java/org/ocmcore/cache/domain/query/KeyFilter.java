package org.ocmcore.cache.domain.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ocmcore.cache.domain.key.AppName;
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
 */
public record KeyFilter(
    Optional<KeyPattern> pattern,
    Optional<AppName> app,
    KeyBytes prefix,
    KeyCriteria traits,
    Optional<String> server) {
  /** Every key. */
  public static final KeyFilter ALL = new KeyFilter(
      Optional.empty(), Optional.empty(), KeyBytes.NONE, KeyCriteria.ANY, Optional.empty());

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
    return new KeyFilter(Optional.of(other), app, prefix, traits, server);
  }

  /** The same for this app. */
  public KeyFilter with(AppName other) {
    return new KeyFilter(pattern, Optional.of(other), prefix, traits, server);
  }

  /** The same with these conditions. */
  public KeyFilter with(KeyCriteria others) {
    return new KeyFilter(pattern, app, prefix, others, server);
  }

  /** The same on this server. */
  public KeyFilter on(String only) {
    return new KeyFilter(pattern, app, prefix, traits, Optional.of(only));
  }

  /** A range that contains all selected keys. */
  KeyRange range(AppRule apps) {
    KeyRange range = prefix.range();
    if (pattern.isPresent()) {
      range = range.and(pattern.get().range());
    }
    return app.isPresent() ? range.and(apps.range(app.get())) : range;
  }

  /** Whether it selects every key of {@link #range}. */
  boolean isRange(AppRule apps) {
    return searchedPattern().isEmpty()
        && (app.isEmpty() || apps.isRange(app.get()))
        && traits.equals(KeyCriteria.ANY)
        && server.isEmpty();
  }

  /** The pattern that must be searched in each key of {@link #range}; empty if there is none. */
  Optional<KeyPattern> searchedPattern() {
    return pattern.filter(given -> !given.isRange());
  }

  /** Checks the app; empty if every key of the {@link #range} belongs to it. */
  Optional<AppMatcher> appMatcher(AppRule apps) {
    return app.filter(name -> !apps.isRange(name)).map(name -> new AppMatcher(name, apps.finder()));
  }

  /** The conditions in the domain's words. */
  @Override
  public String toString() {
    return words(Criterion::toString);
  }

  /**
   * The conditions in words.
   *
   * @param names what the caller calls each criterion
   */
  public String words(Function<Criterion, String> names) {
    List<String> words = new ArrayList<>();
    pattern.ifPresent(given -> words.add("pattern '" + given + "'"));
    app.ifPresent(given -> words.add("app '" + given + "'"));
    if (!prefix.isEmpty()) {
      words.add("prefix '" + prefix + "'");
    }
    if (!traits.equals(KeyCriteria.ANY)) {
      words.add(traits.words(names));
    }
    server.ifPresent(given -> words.add("server " + given));
    return words.isEmpty() ? "any name" : String.join(", ", words);
  }
}
