package org.ocmcore.cache.domain.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.pattern.KeyPattern;

/**
 * Which keys are meant: those for which all of this holds.
 *
 * @param pattern it is found in them; empty: whatever they look like
 * @param app they are this app's; empty: whosever they are
 * @param prefix they begin so
 * @param traits what else they are like
 * @param server this server holds them; empty: whichever does
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

  /** Every key in which this is found. */
  public static KeyFilter matching(KeyPattern pattern) {
    return ALL.with(pattern);
  }

  /** Every key of this app. */
  public static KeyFilter of(AppName app) {
    return ALL.with(app);
  }

  /** Every key that begins so. */
  public static KeyFilter startingWith(KeyBytes prefix) {
    return new KeyFilter(
        Optional.empty(), Optional.empty(), prefix, KeyCriteria.ANY, Optional.empty());
  }

  /** The same, with this pattern. */
  public KeyFilter with(KeyPattern other) {
    return new KeyFilter(Optional.of(other), app, prefix, traits, server);
  }

  /** The same, of this app. */
  public KeyFilter with(AppName other) {
    return new KeyFilter(pattern, Optional.of(other), prefix, traits, server);
  }

  /** The same, of keys that are like this. */
  public KeyFilter with(KeyCriteria others) {
    return new KeyFilter(pattern, app, prefix, others, server);
  }

  /** The same, on this server alone. */
  public KeyFilter on(String only) {
    return new KeyFilter(pattern, app, prefix, traits, Optional.of(only));
  }

  /** The keys outside of which nothing is meant. */
  KeyRange range() {
    KeyRange range = prefix.range();
    if (pattern.isPresent()) {
      range = range.and(pattern.get().range());
    }
    return hasAppRange() ? range.and(App.range(app.get())) : range;
  }

  /** Whether every key of {@link #range} is meant. */
  boolean isRange() {
    return pattern.isEmpty()
        && (app.isEmpty() || hasAppRange())
        && traits.equals(KeyCriteria.ANY)
        && server.isEmpty();
  }

  /** Whether the app is {@link AppName#GLOBAL}, whose keys stand scattered among the others. */
  boolean isScattered() {
    return app.isPresent() && !hasAppRange();
  }

  /** All of it in words, by the names that filters have in requests. */
  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    pattern.ifPresent(given -> words.add("pattern '" + given + "'"));
    app.ifPresent(given -> words.add("app '" + given + "'"));
    if (!prefix.isEmpty()) {
      words.add("prefix '" + prefix + "'");
    }
    if (!traits.equals(KeyCriteria.ANY)) {
      words.add(traits.toString());
    }
    server.ifPresent(given -> words.add("server " + given));
    return words.isEmpty() ? "any name" : String.join(", ", words);
  }

  private boolean hasAppRange() {
    return app.isPresent() && !app.get().equals(AppName.GLOBAL);
  }
}
