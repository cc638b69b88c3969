package org.ocmcore.cache.domain.testing;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.VersionedEntry;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.NewLifetime;
import org.ocmcore.cache.domain.port.Precondition;

/**
 * A store on several servers in memory. The test moves its time and takes its servers down. For any
 * number of threads.
 */
public final class FakeCache extends FakeKeyspace implements CachePort, BulkPort {
  private final Set<CacheKey> refused = new HashSet<>();
  private final Set<CacheKey> refusedReads = new HashSet<>();

  public FakeCache(Clock clock, String... servers) {
    super(clock, servers);
  }

  /** From now on bulk work refuses to store, delete and refresh this key. */
  public synchronized void refuse(CacheKey key) {
    refused.add(key);
  }

  /** From now on bulk work refuses to read this key. */
  public synchronized void refuseReads(CacheKey key) {
    refusedReads.add(key);
  }

  boolean refuses(CacheKey key) {
    return refused.contains(key);
  }

  boolean refusesReads(CacheKey key) {
    return refusedReads.contains(key);
  }

  /** Puts an entry on a server, whether it belongs there or not, as a foreign client might. */
  public synchronized void put(String server, CacheEntry entry) {
    on(server).put(entry);
  }

  /** The live keys of a server. */
  public synchronized Set<CacheKey> keysOn(String server) {
    return on(server).keys();
  }

  public synchronized Set<CacheKey> keys() {
    Set<CacheKey> keys = new LinkedHashSet<>();
    servers.values().forEach(server -> keys.addAll(server.keys()));
    return keys;
  }

  private <T> T at(String operation, CacheKey key, Function<FakeServer, T> work) {
    return at(operation, place(key), work);
  }

  private <T> T at(String operation, PlacedKey key, Function<FakeServer, T> work) {
    enter(operation);
    synchronized (this) {
      return work.apply(up(key.server(), operation + " of key '" + key.key() + "'"));
    }
  }

  @Override
  public Optional<VersionedEntry> read(PlacedKey key) {
    return at(
        "read", key, server -> server.find(key.key()).map(item -> item.fetchVersioned(key.key())));
  }

  @Override
  public Optional<VersionedInfo> inspect(PlacedKey key) {
    return at("inspect", key, server -> server.inspect(key.key()));
  }

  @Override
  public boolean store(
      PlacedKey key, CacheValue value, Lifetime lifetime, Precondition precondition) {
    return at("store", key, server -> server.store(key.key(), value, lifetime, precondition));
  }

  @Override
  public boolean delete(PlacedKey key, long version) {
    return at("delete", key, server -> server.delete(key.key(), version));
  }

  @Override
  public Optional<CacheValue> get(CacheKey key) {
    Optional<CacheValue> value =
        at("get", key, server -> server.find(key).map(FakeServer.Item::fetch));
    synchronized (this) {
      hits += value.isPresent() ? 1 : 0;
      misses += value.isPresent() ? 0 : 1;
    }
    return value;
  }

  @Override
  public Optional<CacheEntry> read(CacheKey key) {
    return at("read", key, server -> server.find(key).map(item -> item.fetch(key)));
  }

  @Override
  public void store(CacheKey key, CacheValue value, Lifetime lifetime) {
    at("store", key, server -> server.store(key, value, lifetime));
  }

  @Override
  public boolean add(CacheKey key, CacheValue value, Lifetime lifetime) {
    return at(
        "add", key, server -> server.find(key).isEmpty() && server.store(key, value, lifetime));
  }

  @Override
  public boolean delete(CacheKey key) {
    return at("delete", key, server -> server.delete(key));
  }

  @Override
  public boolean refresh(CacheKey key, Lifetime lifetime) {
    return at("refresh", key, server -> server.refresh(key, lifetime));
  }

  @Override
  public long increment(CacheKey key, long delta, Lifetime lifetime) {
    return at("increment", key, server -> server.increment(key, delta, lifetime));
  }

  @Override
  public Optional<VersionedEntry> readVersioned(CacheKey key) {
    return at(
        "readVersioned", key, server -> server.find(key).map(item -> item.fetchVersioned(key)));
  }

  @Override
  public boolean replace(CacheKey key, long version, CacheValue value, Lifetime lifetime) {
    return at("replace", key, server -> server.replace(key, version, value, lifetime));
  }

  @Override
  public void clear() {
    enter("clear");
    Collection<FakeServer> all = servers.values();
    synchronized (this) {
      all.stream()
          .filter(server -> !server.isDown && !server.refusesClears)
          .forEach(FakeServer::flush);
      all.forEach(server -> server.requireUp("clear"));
      all.stream().filter(server -> server.refusesClears).findFirst().ifPresent(server -> {
        throw server.refusal("clear");
      });
    }
  }

  @Override
  public PlacedKey place(CacheKey key) {
    return new PlacedKey(key, servers().get(Math.floorMod(key.hashCode(), servers.size())));
  }

  @Override
  public List<CacheEntry> readAll(List<PlacedKey> keys) {
    enter("readAll");
    synchronized (this) {
      List<CacheEntry> entries = new ArrayList<>();
      for (PlacedKey placed : keys) {
        up(placed.server(), "read of many")
            .find(placed.key())
            .ifPresent(item -> entries.add(item.fetch(placed.key())));
      }
      return entries;
    }
  }

  private FakeBulk bulk(String server) {
    return new FakeBulk(this, on(server));
  }

  @Override
  public void read(String server, Iterator<KeyInfo> keys, ReadVisitor visitor) {
    bulk(server).read(keys, visitor);
  }

  @Override
  public void find(String server, Iterator<CacheKey> keys, FindVisitor visitor) {
    bulk(server).find(keys, visitor);
  }

  @Override
  public void store(
      String server, Iterator<CacheEntry> entries, boolean onlyAbsent, StoreVisitor visitor) {
    bulk(server).store(entries, onlyAbsent, visitor);
  }

  @Override
  public synchronized long maxItemSize(String server) {
    on(server).requireUp("item limit");
    return ItemSize.DEFAULT_MAX;
  }

  @Override
  public void delete(String server, Iterator<CacheKey> keys, KeyVisitor<CacheKey> visitor) {
    bulk(server).delete(keys, visitor);
  }

  @Override
  public void refresh(String server, Iterator<NewLifetime> keys, KeyVisitor<NewLifetime> visitor) {
    bulk(server).refresh(keys, visitor);
  }

  @Override
  public String ring() {
    return "modulo";
  }

  /** Offers a second ring, {@code first}, which places all keys on the first server. */
  @Override
  public Map<String, Integer> ringMatches(List<PlacedKey> keys) {
    String first = servers().get(0);
    return Map.of(
        "modulo",
            (int) keys.stream().filter(key -> key.equals(place(key.key()))).count(),
        "first", (int) keys.stream().filter(key -> key.server().equals(first)).count());
  }
}
