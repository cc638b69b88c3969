package org.ocmcore.cache.adapter.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/** Computes what servers did between two samples. */
final class TopRates {
  private static final double MILLIS = 1_000;

  /** Servers round their uptime, and may report up to two seconds more. */
  private static final long UPTIME_TOLERANCE = 3;

  private final CounterSample after;
  private final Map<String, ServerView> before = new HashMap<>();
  private final double seconds;

  private TopRates(CounterSample before, CounterSample after) {
    this.after = after;
    before.stats().servers().forEach(server -> this.before.put(server.address(), server));
    seconds = Duration.between(before.at(), after.at()).toMillis() / MILLIS;
  }

  /**
   * What happened between the samples. Without rates if no time has passed between them, and for a
   * server that was restarted.
   */
  static TopView between(CounterSample before, CounterSample after) {
    TopRates rates = new TopRates(before, after);
    List<TopRow> rows = after.stats().servers().stream().map(rates::row).toList();
    return new TopView(rates.seconds, rates.fleet(rows), rows);
  }

  private TopRow row(ServerView server) {
    Optional<ServerView> old =
        Optional.ofNullable(before.get(server.address())).filter(last -> isSameRun(last, server));
    OptionalDouble hits = rate(old, server, ServerView::hits);
    OptionalDouble misses = rate(old, server, ServerView::misses);
    Optional<TrackingView.Server> tracking = after.stats().tracking(server.address());
    return new TopRow(
        time(after.at()),
        server.address(),
        server.up(),
        server.problem(),
        sum(hits, misses),
        hits,
        misses,
        rate(old, server, ServerView::stores),
        rate(old, server, ServerView::evictions),
        ratio(hits, misses),
        server.bytes(),
        server.limitBytes(),
        server.currentItems(),
        server.connections(),
        tracking.map(TrackingView.Server::mode),
        tracking
            .flatMap(TrackingView.Server::lastWalk)
            .map(walk -> OptionalLong.of(age(walk.beganAt())))
            .orElse(OptionalLong.empty()));
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** The clock of a service may be ahead. */
  private long age(Instant begin) {
    return Math.max(0, Duration.between(begin, after.at()).toSeconds());
  }

  /** Whether the server ran all the time, so that its counters continue. */
  private boolean isSameRun(ServerView old, ServerView now) {
    if (seconds <= 0 || old.uptimeSeconds().isEmpty() || now.uptimeSeconds().isEmpty()) {
      return false;
    }
    return now.uptimeSeconds().getAsLong() + UPTIME_TOLERANCE
            >= old.uptimeSeconds().getAsLong() + (long) seconds
        && continues(old, now, ServerView::hits)
        && continues(old, now, ServerView::misses)
        && continues(old, now, ServerView::stores)
        && continues(old, now, ServerView::evictions);
  }

  /** Counters also begin again with {@code stats reset}. */
  private static boolean continues(
      ServerView old, ServerView now, Function<ServerView, OptionalLong> counter) {
    return counter.apply(now).orElse(0) >= counter.apply(old).orElse(0);
  }

  private OptionalDouble rate(
      Optional<ServerView> old, ServerView now, Function<ServerView, OptionalLong> counter) {
    if (old.isEmpty()
        || counter.apply(now).isEmpty()
        || counter.apply(old.get()).isEmpty()) {
      return OptionalDouble.empty();
    }
    long count = counter.apply(now).getAsLong() - counter.apply(old.get()).getAsLong();
    return OptionalDouble.of(rounded(count / seconds));
  }

  private static double rounded(double rate) {
    return Math.round(rate * MILLIS) / MILLIS;
  }

  private static OptionalDouble sum(OptionalDouble one, OptionalDouble other) {
    return one.isEmpty() || other.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(rounded(one.getAsDouble() + other.getAsDouble()));
  }

  private static OptionalDouble ratio(OptionalDouble hits, OptionalDouble misses) {
    OptionalDouble reads = sum(hits, misses);
    return reads.isEmpty() || reads.getAsDouble() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(rounded(hits.getAsDouble() / reads.getAsDouble()));
  }

  private TopRow fleet(List<TopRow> rows) {
    OptionalDouble hits = total(rows, TopRow::hitsPerSecond);
    OptionalDouble misses = total(rows, TopRow::missesPerSecond);
    return new TopRow(
        time(after.at()),
        TopRow.ALL,
        rows.stream().allMatch(TopRow::up),
        Optional.empty(),
        sum(hits, misses),
        hits,
        misses,
        total(rows, TopRow::storesPerSecond),
        total(rows, TopRow::evictionsPerSecond),
        ratio(hits, misses),
        count(rows, TopRow::bytes),
        count(rows, TopRow::limitBytes),
        count(rows, TopRow::currentItems),
        count(rows, TopRow::connections),
        Optional.empty(),
        OptionalLong.empty());
  }

  /** Of the servers that have it. */
  private static OptionalDouble total(
      List<TopRow> rows, Function<TopRow, OptionalDouble> component) {
    double[] known =
        rows.stream().map(component).flatMapToDouble(OptionalDouble::stream).toArray();
    return known.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(rounded(Arrays.stream(known).sum()));
  }

  private static OptionalLong count(List<TopRow> rows, Function<TopRow, OptionalLong> component) {
    long[] known =
        rows.stream().map(component).flatMapToLong(OptionalLong::stream).toArray();
    return known.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(Arrays.stream(known).sum());
  }
}
