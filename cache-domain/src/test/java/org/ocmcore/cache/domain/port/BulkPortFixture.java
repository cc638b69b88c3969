package org.ocmcore.cache.domain.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;

/** What the tests of BulkPortContract share. */
abstract class BulkPortFixture {
  static final Lifetime HOUR = Lifetime.ofSeconds(3600);
  static final CacheValue VALUE = CacheValue.of(new byte[] {1, 2, 3}, 7);
  static final CacheValue OTHER = CacheValue.of(new byte[] {4}, 9);
  CachePort cache;
  KeyspacePort keyspace;
  BulkPort bulk;
  String server;

  /** An empty store. */
  protected abstract Store createStore();

  @BeforeEach
  void createEmptyStore() {
    Store store = createStore();
    cache = store.cache();
    keyspace = store.keyspace();
    bulk = store.bulk();
    server = keyspace.servers().get(0);
  }

  /** Keys that belong on the server that is worked on. */
  List<CacheKey> keys(int count) {
    return Stream.iterate(0, i -> i + 1)
        .map(i -> CacheKey.of("bulk:" + i))
        .filter(key -> cache.place(key).server().equals(server))
        .limit(count)
        .toList();
  }

  CacheKey key() {
    return keys(1).get(0);
  }

  KeyInfo info(CacheKey key, long size) {
    return new KeyInfo(key, Expiry.NEVER, size, KeyInfo.UNKNOWN, false, server);
  }

  static CacheEntry entry(CacheKey key, CacheValue value) {
    return new CacheEntry(key, value, Expiry.NEVER);
  }

  List<KeyInfo> infos(List<CacheKey> keys) {
    return keys.stream().map(key -> info(key, 100)).toList();
  }

  /** Records each call. */
  static final class Reported implements BulkPort.ReadVisitor {
    final List<CacheKey> all = new ArrayList<>();
    final List<CacheEntry> found = new ArrayList<>();
    final List<CacheKey> absent = new ArrayList<>();

    @Override
    public void found(KeyInfo key, CacheEntry entry) {
      assertEquals(key.key(), entry.key());
      all.add(key.key());
      found.add(entry);
    }

    @Override
    public void absent(KeyInfo key) {
      all.add(key.key());
      absent.add(key.key());
    }

    @Override
    public void stale(KeyInfo key) {
      fail(key.key() + " is stale");
    }

    @Override
    public void refused(KeyInfo key, String reason) {
      fail(key + ": " + reason);
    }
  }

  Reported read(List<CacheKey> keys) {
    Reported reported = new Reported();
    bulk.read(server, infos(keys).iterator(), reported);
    return reported;
  }

  List<Boolean> find(List<CacheKey> keys) {
    List<CacheKey> reported = new ArrayList<>();
    List<Boolean> found = new ArrayList<>();
    bulk.find(server, keys.iterator(), (key, isThere) -> {
      reported.add(key);
      found.add(isThere);
    });
    assertEquals(keys, reported);
    return found;
  }

  List<StoreOutcome> store(List<CacheEntry> entries, boolean onlyAbsent) {
    List<CacheEntry> reported = new ArrayList<>();
    List<StoreOutcome> outcomes = new ArrayList<>();
    bulk.store(server, entries.iterator(), onlyAbsent, (entry, outcome, reason) -> {
      assertEquals("", reason);
      reported.add(entry);
      outcomes.add(outcome);
    });
    assertEquals(entries, reported);
    return outcomes;
  }

  static List<CacheValue> values(Reported reported) {
    return reported.found.stream().map(CacheEntry::value).toList();
  }

  /** The reported outcome of each key. */
  List<KeyOutcome> delete(List<CacheKey> keys) {
    List<CacheKey> order = new ArrayList<>();
    List<KeyOutcome> reported = new ArrayList<>();
    bulk.delete(server, keys.iterator(), (key, outcome, reason) -> {
      assertEquals("", reason);
      order.add(key);
      reported.add(outcome);
    });
    assertEquals(keys, order);
    return reported;
  }

  static void count(int[] reported, int which, int good, RuntimeException failure) {
    if (reported[which]++ == good) {
      throw failure;
    }
    assertTrue(reported[which] <= good, "reported after it had thrown");
  }
}
