package org.ocmcore.cache.domain.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyFinder;
import org.ocmcore.cache.domain.query.KeyPage;
import org.ocmcore.cache.domain.query.KeyQuery;
import org.ocmcore.cache.domain.query.Workers;
import org.ocmcore.cache.domain.testing.MutableClock;

/** Pages of an index that others change, by walks and by single keys, each on its own thread. */
class PagingWhileWritingTest {
  private static final List<String> SERVERS = List.of("a:1", "b:1");

  private final MutableClock clock = new MutableClock();
  private final ServerTable servers = new ServerTable(SERVERS, key -> new PlacedKey(key, "a:1"));
  private final LiveIndex live = new LiveIndex(servers, clock, Long.MAX_VALUE);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicBoolean over = new AtomicBoolean();

  @AfterEach
  void stop() {
    over.set(true);
    threads.shutdownNow();
  }

  private KeyInfo on(String server, CacheKey key) {
    return new KeyInfo(key, Expiry.NEVER, 60, clock.instant().getEpochSecond(), false, server);
  }

  /** Lasting keys begin with k and end with a digit, passing ones end with an x. */
  private static CacheKey any(Random random, String end) {
    return CacheKey.of("k" + random.nextInt(20_000) + end);
  }

  private void walk(Set<CacheKey> lasting) {
    int number = live.beginWalk(0);
    ChangeBatch changes = live.newBatch();
    for (CacheKey key : lasting) {
      changes.add(ChangeBatch.Kind.WALK, on("a:1", key), number);
      if (changes.size() == 500) {
        live.merge(changes);
        changes.clear();
      }
    }
    live.merge(changes);
    live.endWalk(0, number);
  }

  private Future<Integer> repeated(Runnable work) {
    Callable<Integer> loop = () -> {
      int times = 0;
      while (!over.get()) {
        work.run();
        times++;
      }
      return times;
    };
    return threads.submit(loop);
  }

  @RepeatedTest(2)
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void everyLastingKeyIsOnOnePage(RepetitionInfo repetition) throws Exception {
    Random random = new Random(repetition.getCurrentRepetition());
    Set<CacheKey> lasting = new TreeSet<>();
    while (lasting.size() < 5_000) {
      lasting.add(any(random, ""));
    }
    walk(lasting);
    Random passing = new Random(repetition.getCurrentRepetition() + 1_000);
    Future<Integer> epochs = repeated(() -> walk(lasting));
    Future<Integer> changes = repeated(() -> live.merge(
        passing.nextBoolean() ? ChangeBatch.Kind.STORED : ChangeBatch.Kind.REMOVED,
        on(SERVERS.get(passing.nextInt(2)), any(passing, "x"))));
    KeyFilter pattern = KeyFilter.matching(KeyPattern.of("[0-9]"));
    for (int round = 0; round < 10; round++) {
      List<CacheKey> seen =
          paged(round % 2 == 0 ? KeyFilter.ALL : pattern, 100 + random.nextInt(500));
      assertEquals(List.copyOf(new TreeSet<>(seen)), seen);
      assertTrue(seen.containsAll(lasting));
    }
    over.set(true);
    assertTrue(epochs.get() > 0);
    assertTrue(changes.get() > 0);
  }

  private List<CacheKey> paged(KeyFilter filter, int limit) {
    List<CacheKey> seen = new ArrayList<>();
    KeyQuery query = KeyQuery.of(filter).limitedTo(limit);
    Optional<CacheKey> next;
    do {
      KeyIndex index = live.snapshot(clock.instant(), List.of());
      KeyPage page =
          new KeyFinder(index, AppRule.DEFAULT, clock.instant(), new Workers(threads)).page(query);
      page.keys().stream().map(KeyInfo::key).forEach(seen::add);
      next = page.next();
      query = next.map(query::after).orElse(query);
    } while (next.isPresent());
    return seen;
  }
}
