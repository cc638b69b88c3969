package org.ocmcore.cache.domain.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;

abstract class BulkLoadContract extends BulkPortFixture {
  private static final int MANY = 20_000;

  /** What no implementation may have under way at once: several times "a few MiB". */
  private static final long FAR_TOO_MUCH = 10 * 1024 * 1024;

  @Test
  void oneCallTakesAnyNumberOfItems() {
    int length = 1_000;
    List<CacheKey> keys = keys(MANY);
    UnderWay<CacheEntry> stores = new UnderWay<>(
        keys.stream().map(key -> entry(key, CacheValue.of(new byte[length], 0))).iterator(),
        length);
    bulk.store(server, stores, true, (entry, outcome, reason) -> {
      assertEquals(StoreOutcome.STORED, outcome);
      stores.reported();
    });
    assertEquals(MANY, stores.reported);

    UnderWay<KeyInfo> reads =
        new UnderWay<>(keys.stream().map(key -> info(key, length)).iterator(), length);
    Reported counting = new Reported();
    bulk.read(server, reads, new BulkPort.ReadVisitor() {
      @Override
      public void found(KeyInfo key, CacheEntry entry) {
        assertEquals(length, entry.value().length());
        reads.reported();
      }

      @Override
      public void absent(KeyInfo key) {
        counting.absent(key);
      }

      @Override
      public void stale(KeyInfo key) {
        counting.stale(key);
      }

      @Override
      public void refused(KeyInfo key, String reason) {
        counting.refused(key, reason);
      }
    });
    assertEquals(List.of(), counting.absent);
    assertEquals(MANY, reads.reported);
    assertEquals(Set.of(true), Set.copyOf(find(keys)));
  }

  /** Checks that not too much is taken before it is reported. */
  private static final class UnderWay<T> implements Iterator<T> {
    private final Iterator<T> items;
    private final long bytesEach;
    private long taken;
    private long reported;

    UnderWay(Iterator<T> items, long bytesEach) {
      this.items = items;
      this.bytesEach = bytesEach;
    }

    @Override
    public boolean hasNext() {
      return items.hasNext();
    }

    @Override
    public T next() {
      taken++;
      assertTrue(
          (taken - reported) * bytesEach < FAR_TOO_MUCH,
          () -> taken + " taken, reported " + reported);
      return items.next();
    }

    void reported() {
      reported++;
    }
  }

  /** Breaks after some items. */
  private static final class Breaking<T> implements Iterator<T> {
    private final Iterator<T> items;
    private final RuntimeException failure;
    private int left;

    Breaking(List<T> items, int good, RuntimeException failure) {
      this.items = items.iterator();
      this.left = good;
      this.failure = failure;
    }

    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public T next() {
      if (left-- == 0) {
        throw failure;
      }
      return items.next();
    }
  }

  private void assertWorks() {
    List<CacheKey> keys = keys(100);
    List<CacheEntry> entries = keys.stream().map(key -> entry(key, VALUE)).toList();
    assertEquals(Set.of(StoreOutcome.STORED), Set.copyOf(store(entries, false)));
    assertEquals(entries, read(keys).found);
    assertEquals(Set.of(true), Set.copyOf(find(keys)));
    assertEquals(Optional.of(VALUE), cache.get(keys.get(0)));
  }

  @Test
  void iteratorExceptionReachesTheCaller() {
    RuntimeException failure = new IllegalStateException("no more");
    List<CacheKey> keys = keys(9_000);
    List<CacheEntry> entries = keys.stream().map(key -> entry(key, OTHER)).toList();
    for (int good : new int[] {0, 1, 50, 8_000}) {
      assertThrowsIt(
          failure,
          () -> bulk.read(server, new Breaking<>(infos(keys), good, failure), new Reported()));
      assertThrowsIt(
          failure,
          () -> bulk.find(server, new Breaking<>(keys, good, failure), (key, isThere) -> {}));
      assertThrowsIt(
          failure,
          () -> bulk.store(
              server,
              new Breaking<>(entries, good, failure),
              false,
              (entry, outcome, reason) -> {}));
      assertWorks();
    }
  }

  @Test
  void visitorExceptionReachesTheCaller() {
    RuntimeException failure = new IllegalStateException("enough");
    List<CacheKey> keys = keys(9_000);
    List<CacheEntry> entries = keys.stream().map(key -> entry(key, OTHER)).toList();
    for (int good : new int[] {0, 1, 50, 8_000}) {
      int[] reported = new int[3];
      assertThrowsIt(
          failure,
          () -> bulk.store(
              server,
              entries.iterator(),
              false,
              (entry, outcome, reason) -> count(reported, 0, good, failure)));
      assertThrowsIt(
          failure,
          () -> bulk.find(
              server, keys.iterator(), (key, isThere) -> count(reported, 1, good, failure)));
      assertThrowsIt(
          failure,
          () -> bulk.read(server, infos(keys).iterator(), new BulkPort.ReadVisitor() {
            @Override
            public void found(KeyInfo key, CacheEntry entry) {
              count(reported, 2, good, failure);
            }

            @Override
            public void absent(KeyInfo key) {
              count(reported, 2, good, failure);
            }

            @Override
            public void stale(KeyInfo key) {
              fail(key.key().toString());
            }

            @Override
            public void refused(KeyInfo key, String reason) {
              fail(reason);
            }
          }));
      assertWorks();
    }
  }

  private static void assertThrowsIt(RuntimeException failure, Executable call) {
    assertSame(failure, assertThrows(RuntimeException.class, call));
  }

  @Test
  void anIteratorMayWaitForAnotherThread() {
    List<CacheKey> keys = keys(500);
    keys.forEach(key -> cache.store(key, VALUE, HOUR));
    SynchronousQueue<Optional<KeyInfo>> fed = new SynchronousQueue<>();
    CompletableFuture<Void> feeder = CompletableFuture.runAsync(() -> {
      infos(keys).forEach(key -> put(fed, Optional.of(key)));
      put(fed, Optional.empty());
    });
    Reported reported = new Reported();
    bulk.read(server, new Fed(fed), reported);
    feeder.join();
    assertEquals(keys, reported.all);
    assertEquals(keys.size(), reported.found.size());
  }

  private static void put(SynchronousQueue<Optional<KeyInfo>> queue, Optional<KeyInfo> key) {
    try {
      queue.put(key);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives what comes out of a queue, up to the first empty thing. */
  private static final class Fed implements Iterator<KeyInfo> {
    private final SynchronousQueue<Optional<KeyInfo>> queue;
    private Optional<KeyInfo> next = Optional.empty();
    private boolean over;

    Fed(SynchronousQueue<Optional<KeyInfo>> queue) {
      this.queue = queue;
    }

    @Override
    public boolean hasNext() {
      if (next.isEmpty() && !over) {
        try {
          next = queue.take();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        over = next.isEmpty();
      }
      return next.isPresent();
    }

    @Override
    public KeyInfo next() {
      hasNext();
      KeyInfo key = next.orElseThrow();
      next = Optional.empty();
      return key;
    }
  }

  @Test
  void aVisitorMayUseTheStore() {
    List<CacheKey> keys = keys(300);
    keys.forEach(key -> cache.store(key, VALUE, HOUR));
    List<CacheKey> deleted = new ArrayList<>();
    bulk.find(server, keys.iterator(), (key, isThere) -> {
      if (isThere && cache.delete(key)) {
        deleted.add(key);
      }
    });
    assertEquals(keys, deleted);
  }

  @Test
  void manyThreadsWorkAtOnce() {
    List<CacheKey> keys = keys(2_000);
    CompletableFuture.allOf(IntStream.range(0, 8)
            .mapToObj(thread -> CompletableFuture.runAsync(() -> {
              List<CacheKey> mine = keys.subList(250 * thread, 250 * (thread + 1));
              List<CacheEntry> entries = mine.stream()
                  .map(key -> entry(key, CacheValue.ofText("of " + key)))
                  .toList();
              for (int i = 0; i < 10; i++) {
                assertEquals(Set.of(StoreOutcome.STORED), Set.copyOf(store(entries, false)));
                assertEquals(entries, read(mine).found);
              }
            }))
            .toArray(CompletableFuture[]::new))
        .join();
  }

  @Test
  void onlyReadingMarksAsFetched() {
    List<CacheKey> keys = keys(10);
    keys.forEach(key -> cache.store(key, VALUE, HOUR));
    assertEquals(Collections.nCopies(10, true), find(keys));
    assertEquals(Set.of(false), Set.copyOf(fetched().values()));
    read(keys.subList(0, 5));
    assertEquals(
        Set.copyOf(keys.subList(0, 5)),
        fetched().entrySet().stream()
            .filter(Map.Entry::getValue)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()));
  }

  private Map<CacheKey, Boolean> fetched() {
    List<KeyInfo> walked = new ArrayList<>();
    keyspace.walk(server, walked::add);
    return walked.stream()
        .distinct()
        .collect(Collectors.toMap(KeyInfo::key, KeyInfo::fetched, (one, other) -> other));
  }

  @Test
  void anInterruptEndsTheWorkAndStaysSet() {
    List<CacheKey> keys = keys(5_000);
    for (int good : new int[] {0, 1_000}) {
      int[] reported = new int[1];
      assertThrows(
          StoreUnavailable.class,
          () -> bulk.find(server, keys.iterator(), (key, is) -> {
            if (reported[0]++ == good) {
              Thread.currentThread().interrupt();
            }
          }));
      assertTrue(Thread.interrupted(), "the flag is gone");
      assertTrue(reported[0] > good, reported[0] + " reported");
      assertFalse(reported[0] == keys.size(), "all were reported");
    }
    assertWorks();
  }
}
