package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.query.KeyBytes;
import org.ocmcore.cache.domain.query.KeyCriteria;
import org.ocmcore.cache.domain.query.KeyFilter;

/**
 * The body that asks for a change of the same keys in the same way, without its limits. Components
 * have the names of fields of that body, and are left out where it has none.
 *
 * @param refresh null, and so left out, unless keys are refreshed
 */
@JsonInclude(Include.NON_ABSENT)
record BulkRequestAnswer(
    Optional<String> pattern,
    Optional<String> match,
    Optional<String> prefix,
    Optional<String> prefixBase64,
    Optional<String> app,
    Optional<String> server,
    @JsonUnwrapped Criteria criteria,
    OptionalLong rate,
    @JsonInclude(Include.NON_NULL) @JsonUnwrapped BulkAnswer.Refresh refresh) {
  static BulkRequestAnswer of(BulkRequest work) {
    KeyFilter filter = work.filter();
    Optional<KeyBytes> prefix = Optional.of(filter.prefix()).filter(bytes -> !bytes.isEmpty());
    return new BulkRequestAnswer(
        filter.pattern().map(Object::toString),
        filter.pattern().map(pattern -> pattern.isGlob() ? "glob" : "regex"),
        prefix.filter(KeyBytes::isVerbatim).map(Object::toString),
        prefix.filter(bytes -> !bytes.isVerbatim()).map(bytes -> KeyName.base64(bytes.bytes())),
        filter.app().map(AppName::name),
        filter.server(),
        Criteria.of(filter.traits()),
        work.keysPerSecond() == 0 ? OptionalLong.empty() : OptionalLong.of(work.keysPerSecond()),
        BulkAnswer.Refresh.of(work.change()));
  }

  /** Sizes are in bytes, times in seconds; a flag is true or left out. */
  @JsonInclude(Include.NON_ABSENT)
  record Criteria(
      OptionalLong minSize,
      OptionalLong maxSize,
      OptionalLong ttlBelow,
      OptionalLong ttlAbove,
      Optional<Boolean> noTtl,
      OptionalLong idleAbove,
      OptionalLong idleBelow,
      Optional<Boolean> neverFetched) {
    static Criteria of(KeyCriteria traits) {
      return new Criteria(
          traits.minSize(),
          traits.maxSize(),
          seconds(traits.ttlBelow()),
          seconds(traits.ttlAbove()),
          flag(traits.noTtl()),
          seconds(traits.idleAbove()),
          seconds(traits.idleBelow()),
          flag(traits.neverFetched()));
    }

    private static Optional<Boolean> flag(boolean isSet) {
      return isSet ? Optional.of(true) : Optional.empty();
    }

    private static OptionalLong seconds(Optional<Duration> time) {
      return time.map(given -> OptionalLong.of(given.toSeconds())).orElse(OptionalLong.empty());
    }
  }
}
