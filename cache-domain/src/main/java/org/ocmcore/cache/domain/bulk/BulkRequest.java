package org.ocmcore.cache.domain.bulk;

import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.query.KeyFilter;

/**
 * Work on all keys that match.
 *
 * @param maxKeys nothing is done if more match
 * @param planned how many matched when this was planned: nothing is done if more than a tenth more
 *     do by now; empty if it was not
 * @param fresh whether keys are looked for by walks that begin then, though feeds tell of changes a
 *     moment later
 * @param keysPerSecond the most keys of all servers that are worked on in a second; 0: as many as
 *     can be
 */
public record BulkRequest(
    BulkChange change,
    KeyFilter filter,
    OptionalLong maxKeys,
    OptionalLong planned,
    boolean fresh,
    long keysPerSecond) {
  private static final long GROWTH = 10;

  public BulkRequest {
    if (keysPerSecond < 0) {
      throw new IllegalArgumentException(
          "keysPerSecond is " + keysPerSecond + ", it must not be negative");
    }
  }

  /** Of however many keys, as fast as can be. */
  public BulkRequest(BulkChange change, KeyFilter filter) {
    this(change, filter, OptionalLong.empty(), OptionalLong.empty(), false, 0);
  }

  /** The same, if no more than so many match. */
  public BulkRequest atMost(OptionalLong keys) {
    return new BulkRequest(change, filter, keys, planned, fresh, keysPerSecond);
  }

  /** The same, planned when so many matched. */
  public BulkRequest planned(long keys) {
    return new BulkRequest(change, filter, maxKeys, OptionalLong.of(keys), fresh, keysPerSecond);
  }

  /** The same, no faster than this. */
  public BulkRequest at(long rate) {
    return new BulkRequest(change, filter, maxKeys, planned, fresh, rate);
  }

  /** The same, of all keys that are there when it begins. */
  public BulkRequest fresh(boolean isWanted) {
    return new BulkRequest(change, filter, maxKeys, planned, isWanted, keysPerSecond);
  }

  /** Which keys, how and how fast, in words. */
  String about() {
    return Stream.of(
            "keys with " + filter,
            change.manner(),
            keysPerSecond == 0 ? "" : "at most %d a second".formatted(keysPerSecond))
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** Whether so many are more than a tenth more than when this was planned. */
  boolean isOutgrownBy(long matching) {
    return planned.isPresent() && matching > planned.getAsLong() + planned.getAsLong() / GROWTH;
  }
}
