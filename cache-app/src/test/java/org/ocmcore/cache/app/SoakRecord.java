package org.ocmcore.cache.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.adapter.memcached.WireFaults;

/** What happened in a {@link SoakIT}. For any number of threads. */
final class SoakRecord {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  void count(String what) {
    counts.computeIfAbsent(what, any -> new LongAdder()).increment();
  }

  void wrong(String answer) {
    wrong.add(answer);
  }

  void restarted() {
    count("restarts of a server");
  }

  /** A dump fails while a server is down; it never fails in another way. */
  void dumped(Reply reply) {
    switch (reply.status()) {
      case 200 -> count("dumps");
      case 503 -> count("dumps failed");
      default -> wrong("dump: " + reply.status() + " " + reply.json());
    }
  }

  /** Waits; returns false as soon as all is to end. */
  boolean pause(Duration pause) {
    try {
      return !ended.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void end() {
    ended.countDown();
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** Returns whether everything happened that was to happen. */
  boolean isComplete() {
    return counts
        .keySet()
        .containsAll(
            List.of("HTTP calls", "library calls", "values read", "restarts of a server", "dumps"));
  }

  String table(Duration duration, Map<WireFaults.Kind, Long> faults) {
    StringBuilder table = new StringBuilder("%n%-24s %12s%n".formatted("soak", duration));
    new TreeMap<>(counts)
        .forEach((what, count) -> table.append("%-24s %,12d%n".formatted(what, count.sum())));
    table.append("%-24s %,12d%n"
        .formatted(
            "faults on the wire", faults.values().stream().mapToLong(n -> n).sum()));
    return table
        .append("%-24s %,12d%n".formatted("wrong answers", wrong.size()))
        .toString();
  }
}
