package org.ocmcore.cache.adapter.http;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ocmcore.cache.domain.entry.SkipReason;

/** Counts of skipped entries as answers have them. */
final class SkipReasons {
  private SkipReasons() {}

  /** The counts by the names of reasons, in alphabetical order. */
  static SortedMap<String, Long> named(Map<SkipReason, Long> counts) {
    SortedMap<String, Long> named = new TreeMap<>();
    counts.forEach((reason, count) -> named.put(name(reason), count));
    return named;
  }

  private static String name(SkipReason reason) {
    return switch (reason) {
      case ELSEWHERE -> "elsewhere";
      case EXISTS -> "exists";
      case EXPIRED -> "expired";
      case FAILED -> "failed";
      case GONE -> "gone";
      case NOT_MATCHING -> "not_matching";
      case STALE -> "stale";
      case TOO_LARGE -> "too_large";
      case WARM_SERVER -> "warm_server";
    };
  }
}
