package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a server, or all of them, did in an interval. Numbers are empty if they are unknown: all of
 * them if it is down, and the rates if it was down or restarted in the interval.
 *
 * @param at the end of the interval
 * @param address that of the server, or {@value #ALL}
 * @param up whether it answers; of all: whether each does
 * @param hitRatio in the interval, 0 to 1; empty without reads
 * @param bytes of the items
 * @param trackingMode how the index of a service follows it; empty without a service
 * @param lastWalkSeconds the time since the last walk of a service began
 */
record TopRow(
    String at,
    String address,
    boolean up,
    @JsonInclude(Include.NON_ABSENT) Optional<String> problem,
    OptionalDouble getsPerSecond,
    OptionalDouble hitsPerSecond,
    OptionalDouble missesPerSecond,
    OptionalDouble storesPerSecond,
    OptionalDouble evictionsPerSecond,
    OptionalDouble hitRatio,
    OptionalLong bytes,
    OptionalLong limitBytes,
    OptionalLong currentItems,
    OptionalLong connections,
    @JsonInclude(Include.NON_ABSENT) Optional<String> trackingMode,
    @JsonInclude(Include.NON_ABSENT) OptionalLong lastWalkSeconds) {
  static final String ALL = "all";

  /** Whether it is a server that does not answer. */
  boolean isDown() {
    return !up && !address.equals(ALL);
  }
}
