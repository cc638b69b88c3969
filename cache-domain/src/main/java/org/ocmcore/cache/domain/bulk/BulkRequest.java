package org.ocmcore.cache.domain.bulk;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.query.KeyFilter;

/**
 * A change of all keys that match a filter.
 *
 * @param maxKeys if more keys match, nothing is changed
 * @param planned the number of keys that matched in the preview; if over a tenth more match now,
 *     nothing is changed. Empty without a plan
 * @param fresh whether to find the keys by walks that begin now, even if feeds are live
 * @param keysPerSecond the most keys a second on all servers together; 0 for no limit
 * @param filterWords the filter in the caller's words; empty for the domain's
 */
public record BulkRequest(
    BulkChange change,
    KeyFilter filter,
    OptionalLong maxKeys,
    OptionalLong planned,
    boolean fresh,
    long keysPerSecond,
    Optional<String> filterWords) {
  private static final long GROWTH = 10;

  public BulkRequest {
    if (keysPerSecond < 0) {
      throw new IllegalArgumentException(
          "keysPerSecond is " + keysPerSecond + ", it must not be negative");
    }
  }

  /** Without any limits. */
  public BulkRequest(BulkChange change, KeyFilter filter) {
    this(change, filter, OptionalLong.empty(), OptionalLong.empty(), false, 0, Optional.empty());
  }

  /** The same with this limit of keys. */
  public BulkRequest atMost(OptionalLong keys) {
    return new BulkRequest(change, filter, keys, planned, fresh, keysPerSecond, filterWords);
  }

  /** The same with the number of keys that matched in the preview. */
  public BulkRequest planned(long keys) {
    return new BulkRequest(
        change, filter, maxKeys, OptionalLong.of(keys), fresh, keysPerSecond, filterWords);
  }

  /** The same at this rate. */
  public BulkRequest at(long rate) {
    return new BulkRequest(change, filter, maxKeys, planned, fresh, rate, filterWords);
  }

  /** The same, with or without walks. */
  public BulkRequest fresh(boolean isWanted) {
    return new BulkRequest(change, filter, maxKeys, planned, isWanted, keysPerSecond, filterWords);
  }

  /** The same, its filter in these words. */
  public BulkRequest saying(String words) {
    return new BulkRequest(
        change, filter, maxKeys, planned, fresh, keysPerSecond, Optional.of(words));
  }

  /** The same for keys of these apps only. */
  public BulkRequest within(AppScope scope) {
    KeyFilter limited = filter.within(scope);
    boolean isNarrower = !limited.scope().equals(filter.scope());
    return new BulkRequest(
        change,
        limited,
        maxKeys,
        planned,
        fresh,
        keysPerSecond,
        filterWords.map(words -> isNarrower ? words + ", of the apps " + limited.scope() : words));
  }

  /** The filter, the manner and the rate in words. */
  public String about() {
    return Stream.of(
            "keys with " + filterWords.orElseGet(filter::toString),
            change.manner(),
            keysPerSecond == 0 ? "" : "at most %d a second".formatted(keysPerSecond))
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** Whether this number exceeds the planned one by more than a tenth. */
  boolean isOutgrownBy(long matching) {
    return planned.isPresent() && matching > planned.getAsLong() + planned.getAsLong() / GROWTH;
  }
}
