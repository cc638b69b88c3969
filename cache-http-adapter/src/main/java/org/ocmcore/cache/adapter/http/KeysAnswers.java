package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.FoundKeys;
import org.ocmcore.cache.domain.query.KeyPage;
import org.ocmcore.cache.domain.query.KeySummary;
import org.ocmcore.cache.domain.query.MatchSummary;
import org.ocmcore.cache.domain.query.ValuePage;

/**
 * The answers that list keys. A component called {@code ...Base64} has the bytes of those keys that
 * are not text; it is left out if there are none.
 */
final class KeysAnswers {
  private KeysAnswers() {}

  /** Where the next page begins. @param nextCursor null if there is none */
  record NextPage(Optional<String> nextCursor) {}

  /**
   * Keys that were found.
   *
   * @param pattern left out if the request has none
   * @param keys readable forms or details
   * @param keysBase64 null beside details, which have the bytes
   * @param count how many match, on this page or not; left out if every key does
   * @param next null, and so left out, unless the request has a limit
   */
  record Page(
      @JsonInclude(Include.NON_ABSENT) Optional<String> pattern,
      KeyJson keys,
      @JsonInclude(Include.NON_EMPTY) KeyJson.Binaries keysBase64,
      @JsonInclude(Include.NON_ABSENT) OptionalLong count,
      long totalKeys,
      @JsonInclude(Include.NON_NULL) @JsonUnwrapped NextPage next,
      @JsonUnwrapped FreshnessAnswer freshness) {
    static Page names(Optional<KeyPattern> pattern, KeyPage page, Shape shape) {
      KeyJson names = KeyJson.names(page.keys());
      return of(pattern, page, names, names.binaries(), shape);
    }

    static Page details(Optional<KeyPattern> pattern, KeyPage page, Shape shape, Instant now) {
      return of(pattern, page, KeyJson.details(page.keys(), now), null, shape);
    }

    private static Page of(
        Optional<KeyPattern> pattern,
        KeyPage page,
        KeyJson keys,
        KeyJson.Binaries binaries,
        Shape shape) {
      return new Page(
          pattern.map(KeyPattern::toString),
          keys,
          binaries,
          shape.isCounted() ? OptionalLong.of(page.matching()) : OptionalLong.empty(),
          page.total(),
          shape.isPaged() ? new NextPage(page.next().map(KeyParameters::cursor)) : null,
          FreshnessAnswer.of(page.freshness()));
    }
  }

  /**
   * The optional parts of a page.
   *
   * @param isCounted whether it says how many keys match
   * @param isPaged whether it says where the next page begins
   */
  record Shape(boolean isCounted, boolean isPaged) {}

  /** Values of keys that were found. @param count how many match, read or not */
  record Values(
      String pattern,
      Map<String, Object> values,
      @JsonInclude(Include.NON_ABSENT) Optional<Map<String, Object>> valuesBase64,
      long count,
      boolean truncated,
      @JsonUnwrapped FreshnessAnswer freshness) {
    static Values of(KeyPattern pattern, ValuePage page, ValueJson.ByKey values) {
      return new Values(
          pattern.toString(),
          values.texts(),
          values.binaries(),
          page.matching(),
          page.truncated(),
          FreshnessAnswer.of(page.freshness()));
    }
  }

  /**
   * Keys that match a pattern, and what they add up to.
   *
   * @param matchingKeys the first of them
   * @param activeValues the values of these; left out unless they were asked for
   */
  record Summary(
      String pattern,
      long totalMatchingKeys,
      long activeKeys,
      long expiredKeys,
      KeyJson matchingKeys,
      @JsonInclude(Include.NON_EMPTY) KeyJson.Binaries matchingKeysBase64,
      boolean truncated,
      long totalBytes,
      Ttl ttl,
      @JsonInclude(Include.NON_ABSENT) Optional<Map<String, Object>> activeValues,
      @JsonInclude(Include.NON_ABSENT) Optional<Map<String, Object>> activeValuesBase64,
      @JsonUnwrapped FreshnessAnswer freshness) {
    static Summary of(KeyPattern pattern, MatchSummary summary, Optional<ValueJson.ByKey> values) {
      KeySummary totals = summary.totals();
      FoundKeys first = summary.first();
      KeyJson names = KeyJson.names(first);
      return new Summary(
          pattern.toString(),
          totals.keys(),
          totals.active(),
          totals.expired(),
          names,
          names.binaries(),
          first.size() < totals.keys(),
          totals.bytes(),
          Ttl.of(totals.ttl()),
          values.map(ValueJson.ByKey::texts),
          values.flatMap(ValueJson.ByKey::binaries),
          FreshnessAnswer.of(summary.freshness()));
    }
  }

  /** How many keys have how much of their lifetime left. */
  record Ttl(
      long never,
      @JsonProperty("under_1m") long underMinute,
      @JsonProperty("under_1h") long underHour,
      @JsonProperty("under_1d") long underDay,
      @JsonProperty("over_1d") long overDay) {
    static Ttl of(KeySummary.TtlSummary ttl) {
      return new Ttl(
          ttl.never(), ttl.underMinute(), ttl.underHour(), ttl.underDay(), ttl.overDay());
    }
  }

  /** Keys of an app that match a pattern. */
  record OfApp(
      String appName,
      String pattern,
      KeyJson matchingKeys,
      @JsonInclude(Include.NON_EMPTY) KeyJson.Binaries matchingKeysBase64,
      long count,
      @JsonUnwrapped FreshnessAnswer freshness) {
    static OfApp of(AppName app, KeyPattern pattern, KeyPage page) {
      KeyJson names = KeyJson.names(page.keys());
      return new OfApp(
          app.name(),
          pattern.toString(),
          names,
          names.binaries(),
          page.matching(),
          FreshnessAnswer.of(page.freshness()));
    }
  }
}
