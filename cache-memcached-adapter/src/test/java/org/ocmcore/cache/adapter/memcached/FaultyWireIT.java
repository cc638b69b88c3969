package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.adapter.memcached.SingleWriterKey.Verdict;
import org.ocmcore.cache.adapter.memcached.WireFaults.Kind;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.StoreOutcome;

/**
 * A hundred threads on a wire with faults. No call returns a wrong value or waits for ever, no
 * connection stays behind, and all is well again when the faults end.
 *
 * <p>The protocol has no checksums, so that a garbled value can look right. Each value has a
 * checksum of its own here, which tells damage on the wire from values of other keys. A garbled
 * request can also be another command, such as {@code mg} for {@code md}, whose confirmation means
 * nothing. The same happens if bytes between two requests are lost: the beginning of a touch and
 * the end of a store of the same key make a touch that confirms the store. And the copy of a
 * request can be executed after a later one on another connection. So with {@link #CONFUSING}
 * faults, values may be older than what was confirmed. TCP makes none of them.
 *
 * <p>{@code -Dsoak.minutes=N} makes it last about as long.
 */
final class FaultyWireIT {
  private static final int THREADS = 100;
  private static final int KEYS_OF_EACH = 4;
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /**
   * The most responses that one call awaits, each with a timeout, and reserve for a busy machine.
   */
  private static final Duration LONGEST_CALL = TIMEOUT.multipliedBy(5).plusSeconds(15);

  /** Five seconds, and reserve for a busy machine. */
  private static final Duration RECOVERY = Duration.ofSeconds(5 + 15);

  /** Idle connections and the shared one. */
  private static final int MAX_CONNECTIONS_AT_REST = 20;

  private static final Set<Kind> CONFUSING = EnumSet.of(Kind.GARBLE, Kind.SWALLOW, Kind.DUPLICATE);

  private final MemcachedServer server = MemcachedServer.start("-c", "4096");
  private final long connectionsBefore = server.stat("curr_connections");
  private final Relay relay = Relay.to(server);
  private final MemcachedStore store = MemcachedStore.open(
      new MemcachedSettings(List.of(relay.address()), TIMEOUT, Ring.KETAMA, FeedMode.AUTO));
  private final CachePort cache = store.cache();
  private final List<SingleWriterKey> keys =
      IntStream.range(0, THREADS * KEYS_OF_EACH).mapToObj(SingleWriterKey::new).toList();
  private final Map<Verdict, LongAdder> verdicts = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final LongAdder done = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicLong longestNanos = new AtomicLong();
  private volatile boolean isOver;

  @AfterEach
  void close() {
    store.close();
    relay.close();
    server.close();
  }

  private static Stream<Set<Kind>> faults() {
    return Stream.concat(
        Stream.of(Kind.values()).map(EnumSet::of), Stream.of(EnumSet.allOf(Kind.class)));
  }

  private static Duration duration() {
    long rounds = faults().count();
    return Duration.ofMinutes(Integer.getInteger("soak.minutes", 0))
        .dividedBy(rounds)
        .plusMillis(1_500);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void noCallReturnsAWrongValue(Set<Kind> kinds) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    Duration recovered;
    try {
      relay.begin(new WireFaults(kinds.hashCode(), 30, kinds));
      List<Future<?>> loads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int number = i;
        loads.add(threads.submit(() -> load(number)));
      }
      threads.awaitTermination(duration().toMillis(), TimeUnit.MILLISECONDS);
      relay.endFaults();
      long ended = System.nanoTime();
      isOver = true;
      for (Future<?> load : loads) {
        load.get(LONGEST_CALL.toSeconds(), TimeUnit.SECONDS);
      }
      awaitRecovery(ended);
      recovered = Duration.ofNanos(System.nanoTime() - ended);
    } finally {
      threads.shutdownNow();
    }
    System.out.printf(
        "%s: %d calls, %d failed, longest %d ms, well again after %d ms, values %s, faults %s%n",
        kinds,
        done.sum(),
        failed.sum(),
        longestMillis(),
        recovered.toMillis(),
        verdicts,
        relay.faultCounts());
    assertEquals(List.of(), List.copyOf(wrong));
    assertTrue(kinds.containsAll(relay.faultCounts().keySet()), "other faults");
    assertFalse(relay.faultCounts().isEmpty(), "no faults");
    assertTrue(done.sum() > failed.sum(), "all calls failed: " + failed.sum());
    assertTrue(longestMillis() < LONGEST_CALL.toMillis(), longestMillis() + " ms");
    assertNoConnectionStays();
  }

  private long longestMillis() {
    return longestNanos.get() / 1_000_000;
  }

  private void assertNoConnectionStays() {
    MemcachedServer.await(() -> relay.connections() <= MAX_CONNECTIONS_AT_REST);
    MemcachedServer.await(
        () -> server.stat("curr_connections") <= connectionsBefore + MAX_CONNECTIONS_AT_REST);
  }

  /** Returns when a key of each thread has been changed and read. */
  private void awaitRecovery(long ended) {
    CacheException last = null;
    int number = 0;
    while (System.nanoTime() - ended < RECOVERY.toNanos()) {
      SingleWriterKey key = keys.get(number * KEYS_OF_EACH);
      try {
        key.change(sequence -> store(key, sequence, 10));
        long before = key.confirmed();
        CacheValue value = cache.get(key.key()).orElseThrow();
        assertEquals(Verdict.RIGHT, key.judge(value, before), () -> "recovered: " + value);
        if (++number == THREADS) {
          return;
        }
      } catch (CacheException e) {
        last = e;
      }
    }
    throw new AssertionError("after %s, only %d keys work".formatted(RECOVERY, number), last);
  }

  private void load(int number) {
    Random random = new Random(number);
    List<SingleWriterKey> own = keys.subList(number * KEYS_OF_EACH, (number + 1) * KEYS_OF_EACH);
    while (!isOver) {
      long begun = System.nanoTime();
      try {
        call(own, random);
      } catch (CacheException e) {
        failed.increment();
      }
      done.increment();
      long nanos = System.nanoTime() - begun;
      longestNanos.accumulateAndGet(nanos, Math::max);
    }
  }

  private void call(List<SingleWriterKey> own, Random random) {
    SingleWriterKey mine = own.get(random.nextInt(own.size()));
    SingleWriterKey any = keys.get(random.nextInt(keys.size()));
    switch (random.nextInt(10)) {
      case 0, 1 -> mine.change(sequence -> store(mine, sequence, random.nextInt(2_000)));
      case 2 -> mine.change(sequence -> cache.delete(mine.key()));
      case 3 -> cache.refresh(any.key(), Lifetime.ofSeconds(1_000));
      case 4 -> readMany(random);
      case 5 -> storeMany(own, random);
      default -> {
        long before = any.confirmed();
        cache.get(any.key()).ifPresent(value -> judge(any, value, before));
      }
    }
  }

  private void store(SingleWriterKey key, long sequence, int padding) {
    CacheValue value = new SealedValue(key.key().toString(), sequence).value(padding);
    cache.store(key.key(), value, Lifetime.FOREVER);
  }

  private void readMany(Random random) {
    List<SingleWriterKey> some =
        random.ints(20, 0, keys.size()).distinct().mapToObj(keys::get).toList();
    List<Long> before = some.stream().map(SingleWriterKey::confirmed).toList();
    List<PlacedKey> placed = some.stream().map(key -> cache.place(key.key())).toList();
    for (CacheEntry entry : cache.readAll(placed)) {
      int index = IntStream.range(0, some.size())
          .filter(i -> some.get(i).key().equals(entry.key()))
          .findFirst()
          .orElseThrow();
      judge(some.get(index), entry.value(), before.get(index));
    }
  }

  private void storeMany(List<SingleWriterKey> own, Random random) {
    long[] sequences = own.stream().mapToLong(SingleWriterKey::begin).toArray();
    List<CacheEntry> entries = IntStream.range(0, own.size())
        .mapToObj(i -> new CacheEntry(
            own.get(i).key(),
            new SealedValue(own.get(i).key().toString(), sequences[i]).value(random.nextInt(500)),
            Expiry.NEVER))
        .toList();
    String name = cache.place(own.get(0).key()).server();
    store.bulk().store(name, entries.iterator(), false, (entry, outcome, reason) -> {
      if (outcome == StoreOutcome.STORED) {
        int index = entries.indexOf(entry);
        own.get(index).confirm(sequences[index]);
      }
    });
  }

  private void judge(SingleWriterKey key, CacheValue value, long before) {
    Verdict verdict = key.judge(value, before);
    verdicts.computeIfAbsent(verdict, any -> new LongAdder()).increment();
    Set<Kind> kinds = relay.faultCounts().keySet();
    boolean isRight = switch (verdict) {
      case RIGHT -> true;
      case DAMAGED, OLD -> kinds.stream().anyMatch(CONFUSING::contains);
      case FOREIGN -> false;
    };
    if (!isRight) {
      wrong.add("%s: %s, %d was confirmed: %s".formatted(key.key(), verdict, before, value));
    }
  }
}
