package org.ocmcore.cache.domain.query;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.query.CopiesSummary.AppCopies;

/** The apps with the most keys, while keys arrive in order. For use by one thread. */
final class TopApps {
  private final AppAggregator runs;
  private final Top<AppAggregator.Run> most;
  private long total;

  /** @param finder of this thread */
  TopApps(int apps, AppFinder finder, Instant now) {
    runs = AppAggregator.of(finder, now, this::offer, bytes -> {});
    most = new Top<>(
        apps,
        Comparator.comparingLong((AppAggregator.Run run) -> run.counter().keys())
            .reversed());
  }

  void add(KeyCursor key) {
    runs.add(key);
  }

  private void offer(AppAggregator.Run run) {
    total++;
    most.offer(run);
  }

  /** Joins adjacent parts. */
  static TopApps join(List<TopApps> parts, int apps, AppFinder finder, Instant now) {
    TopApps all = new TopApps(apps, finder, now);
    for (TopApps part : parts) {
      all.total += part.total;
      all.most.addAll(part.most);
    }
    AppAggregator.join(parts.stream().map(part -> part.runs).toList(), all::offer);
    return all;
  }

  List<AppCopies> inOrder() {
    return most.inOrder().stream()
        .map(run -> new AppCopies(run.app(), run.counter().keys()))
        .sorted(
            Comparator.comparingLong(AppCopies::copies).reversed().thenComparing(AppCopies::app))
        .toList();
  }

  /** The number of apps. */
  long total() {
    return total;
  }
}
