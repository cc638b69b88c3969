package org.ocmcore.cache.domain.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.BulkPortContract;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.CachePortContract;
import org.ocmcore.cache.domain.port.KeyspacePortContract;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.port.StoreOutcome;

/** The fake keeps the contracts, so that what is tested with it holds for real stores. */
class FakeCacheTest {
  private final MutableClock clock = new MutableClock();

  private FakeCache threeServers() {
    return new FakeCache(clock, "a:1", "b:1", "c:1");
  }

  private Store ports(FakeCache cache) {
    return Store.of(cache, cache, cache, clock);
  }

  private void pass(Duration duration) {
    clock.advance(duration.plusSeconds(1));
  }

  @Nested
  class AsCache extends CachePortContract {
    @Override
    protected CachePort createCache() {
      return threeServers();
    }

    @Override
    protected void elapse(Duration duration) {
      pass(duration);
    }

    @Override
    protected Instant now() {
      return clock.instant();
    }
  }

  @Nested
  class AsKeyspace extends KeyspacePortContract {
    @Override
    protected Store createStore() {
      return ports(threeServers());
    }

    @Override
    protected void elapse(Duration duration) {
      pass(duration);
    }

    @Override
    protected Instant now() {
      return clock.instant();
    }
  }

  @Nested
  class AsBulk extends BulkPortContract {
    @Override
    protected Store createStore() {
      return ports(threeServers());
    }

    @Override
    protected void elapse(Duration duration) {
      pass(duration);
    }

    @Override
    protected Instant now() {
      return clock.instant();
    }
  }

  @Test
  void takenDownServerEndsBulkWork() {
    FakeCache cache = threeServers();
    List<CacheKey> keys = List.of(CacheKey.of("a"), CacheKey.of("b"), CacheKey.of("c"));
    List<CacheKey> reported = new ArrayList<>();
    assertThrows(
        StoreUnavailable.class,
        () -> cache.find("b:1", keys.iterator(), (key, isThere) -> {
          reported.add(key);
          if (reported.size() == 2) {
            cache.takeDown("b:1");
          }
        }));
    assertEquals(keys.subList(0, 2), reported);
    cache.find("b:1", Collections.emptyIterator(), (key, isThere) -> fail());
    assertThrows(StoreUnavailable.class, () -> cache.probe("b:1"));
    cache.find("a:1", keys.iterator(), (key, isThere) -> reported.add(key));
    assertEquals(5, reported.size());
  }

  @Test
  void refusalsAndLatenciesAreConfigurable() {
    FakeCache cache = threeServers();
    CacheKey key = CacheKey.of("key");
    cache.refuse(key);
    cache.refuseReads(key);
    List<String> reasons = new ArrayList<>();
    CacheEntry entry = new CacheEntry(key, CacheValue.ofText("v"), Expiry.NEVER);
    cache.store("a:1", List.of(entry).iterator(), false, (stored, outcome, reason) -> {
      assertEquals(StoreOutcome.REFUSED, outcome);
      reasons.add(reason);
    });
    KeyInfo info = new KeyInfo(key, Expiry.NEVER, 60, KeyInfo.UNKNOWN, false, "a:1");
    cache.read("a:1", List.of(info).iterator(), new BulkPort.ReadVisitor() {
      @Override
      public void found(KeyInfo found, CacheEntry value) {
        fail();
      }

      @Override
      public void absent(KeyInfo absent) {
        fail();
      }

      @Override
      public void stale(KeyInfo key) {
        fail();
      }

      @Override
      public void refused(KeyInfo refused, String reason) {
        reasons.add(reason);
      }
    });
    assertEquals(List.of("out of memory", "out of memory"), reasons);
    cache.answerWithin("a:1", Duration.ofMillis(30));
    assertEquals(Duration.ofMillis(30), cache.probe("a:1"));
    assertEquals(Duration.ZERO, cache.probe("b:1"));
  }
}
