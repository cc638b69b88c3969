package org.ocmcore.cache.domain.query;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.CacheKey;

/** Sums up the copies of keys of an index, which arrive in order. For use by one thread. */
final class CopiesCounter {
  private final Limits limits;
  private final TopApps apps;
  private final Set<CacheKey> first = new LinkedHashSet<>();
  private final long[] copiesOnServer;
  private long bytes;

  /** @param apps the most apps in a summary @param sample the most keys in it */
  record Limits(int apps, int sample) {}

  /** @param finder of this thread */
  CopiesCounter(KeyIndex index, Limits limits, AppFinder finder, Instant now) {
    this.limits = limits;
    this.apps = new TopApps(limits.apps, finder, now);
    this.copiesOnServer = new long[index.servers().size()];
  }

  void add(KeyCursor copy) {
    copiesOnServer[copy.serverNumber()]++;
    bytes += copy.size();
    apps.add(copy);
    if (first.size() < limits.sample) {
      first.add(copy.key());
    }
  }

  /** The summary of adjacent parts of an index. */
  static CopiesSummary join(
      List<CopiesCounter> parts, KeyIndex index, Limits limits, AppFinder finder, Instant now) {
    Map<String, Long> servers = new LinkedHashMap<>();
    for (int i = 0; i < index.servers().size(); i++) {
      int number = i;
      servers.put(
          index.servers().get(i),
          parts.stream().mapToLong(part -> part.copiesOnServer[number]).sum());
    }
    TopApps top =
        TopApps.join(parts.stream().map(part -> part.apps).toList(), limits.apps, finder, now);
    return new CopiesSummary(
        servers.values().stream().mapToLong(Long::longValue).sum(),
        parts.stream().mapToLong(part -> part.bytes).sum(),
        servers,
        top.inOrder(),
        top.total(),
        parts.stream()
            .flatMap(part -> part.first.stream())
            .distinct()
            .limit(limits.sample)
            .toList(),
        Freshness.of(index));
  }
}
