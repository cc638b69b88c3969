package org.ocmcore.cache.domain.client;

import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.entry.VersionedEntry;
import org.ocmcore.cache.domain.entry.VersionedInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.Precondition;

/**
 * A {@link CachePort} whose changes are out of the near cache before the call returns or throws.
 * Reads bypass the near cache.
 */
final class InvalidatingCache implements CachePort {
  private final CachePort cache;
  private final NearCache near;

  InvalidatingCache(CachePort cache, NearCache near) {
    this.cache = cache;
    this.near = near;
  }

  @Override
  public Optional<CacheValue> get(CacheKey key) {
    return cache.get(key);
  }

  @Override
  public Optional<CacheEntry> read(CacheKey key) {
    return cache.read(key);
  }

  @Override
  public Optional<VersionedEntry> readVersioned(CacheKey key) {
    return cache.readVersioned(key);
  }

  @Override
  public Optional<VersionedEntry> read(PlacedKey key) {
    return cache.read(key);
  }

  @Override
  public Optional<VersionedInfo> inspect(PlacedKey key) {
    return cache.inspect(key);
  }

  @Override
  public List<CacheEntry> readAll(List<PlacedKey> keys) {
    return cache.readAll(keys);
  }

  @Override
  public PlacedKey place(CacheKey key) {
    return cache.place(key);
  }

  @Override
  public void store(CacheKey key, CacheValue value, Lifetime lifetime) {
    try {
      cache.store(key, value, lifetime);
    } finally {
      near.invalidate(key);
    }
  }

  @Override
  public boolean add(CacheKey key, CacheValue value, Lifetime lifetime) {
    try {
      return cache.add(key, value, lifetime);
    } finally {
      near.invalidate(key);
    }
  }

  @Override
  public boolean delete(CacheKey key) {
    try {
      return cache.delete(key);
    } finally {
      near.invalidate(key);
    }
  }

  @Override
  public boolean store(
      PlacedKey key, CacheValue value, Lifetime lifetime, Precondition precondition) {
    try {
      return cache.store(key, value, lifetime, precondition);
    } finally {
      near.invalidate(key.key());
    }
  }

  @Override
  public boolean delete(PlacedKey key, long version) {
    try {
      return cache.delete(key, version);
    } finally {
      near.invalidate(key.key());
    }
  }

  @Override
  public boolean refresh(CacheKey key, Lifetime lifetime) {
    try {
      return cache.refresh(key, lifetime);
    } finally {
      near.invalidate(key);
    }
  }

  @Override
  public long increment(CacheKey key, long delta, Lifetime lifetime) {
    try {
      return cache.increment(key, delta, lifetime);
    } finally {
      near.invalidate(key);
    }
  }

  @Override
  public boolean replace(CacheKey key, long version, CacheValue value, Lifetime lifetime) {
    try {
      return cache.replace(key, version, value, lifetime);
    } finally {
      near.invalidate(key);
    }
  }

  @Override
  public void clear() {
    try {
      cache.clear();
    } finally {
      near.invalidateAll();
    }
  }
}
