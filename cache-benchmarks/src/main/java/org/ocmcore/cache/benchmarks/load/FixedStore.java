package org.ocmcore.cache.benchmarks.load;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.VersionedEntry;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Precondition;
import org.ocmcore.cache.domain.port.Store;

/**
 * A store whose calls cost next to nothing: each key has the same value, and what is stored is
 * dropped. All but get, store and place is unsupported. For any number of threads.
 */
public final class FixedStore implements Store, CachePort {
  private static final String SERVER = "fixed";

  private final Optional<CacheValue> value;

  /** @param value of each key */
  public FixedStore(CacheValue value) {
    this.value = Optional.of(value);
  }

  @Override
  public Optional<CacheValue> get(CacheKey key) {
    return value;
  }

  @Override
  public void store(CacheKey key, CacheValue stored, Lifetime lifetime) {}

  @Override
  public CachePort cache() {
    return this;
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public KeyspacePort keyspace() {
    throw unsupported();
  }

  @Override
  public BulkPort bulk() {
    throw unsupported();
  }

  @Override
  public Optional<CacheEntry> read(CacheKey key) {
    throw unsupported();
  }

  @Override
  public boolean add(CacheKey key, CacheValue added, Lifetime lifetime) {
    throw unsupported();
  }

  @Override
  public boolean delete(CacheKey key) {
    throw unsupported();
  }

  @Override
  public boolean refresh(CacheKey key, Lifetime lifetime) {
    throw unsupported();
  }

  @Override
  public void clear() {
    throw unsupported();
  }

  @Override
  public long increment(CacheKey key, long delta, Lifetime lifetime) {
    throw unsupported();
  }

  @Override
  public Optional<VersionedEntry> readVersioned(CacheKey key) {
    throw unsupported();
  }

  @Override
  public boolean replace(CacheKey key, long version, CacheValue next, Lifetime lifetime) {
    throw unsupported();
  }

  @Override
  public Optional<VersionedEntry> read(PlacedKey key) {
    throw unsupported();
  }

  @Override
  public Optional<VersionedInfo> inspect(PlacedKey key) {
    throw unsupported();
  }

  @Override
  public boolean store(
      PlacedKey key, CacheValue stored, Lifetime lifetime, Precondition precondition) {
    throw unsupported();
  }

  @Override
  public boolean delete(PlacedKey key, long version) {
    throw unsupported();
  }

  @Override
  public PlacedKey place(CacheKey key) {
    return new PlacedKey(key, SERVER);
  }

  @Override
  public List<CacheEntry> readAll(List<PlacedKey> keys) {
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("FixedStore only gets, stores and places single keys");
  }

  @Override
  public void close() {}
}
