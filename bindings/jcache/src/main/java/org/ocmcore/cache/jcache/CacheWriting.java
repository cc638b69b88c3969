package org.ocmcore.cache.jcache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;

/** Write-through to the application's writer, if there is one. */
final class CacheWriting<K, V> {
  private final Optional<CacheWriter<? super K, ? super V>> writer;

  CacheWriting(Optional<CacheWriter<? super K, ? super V>> writer) {
    this.writer = writer;
  }

  boolean isOn() {
    return writer.isPresent();
  }

  void write(K key, V value) {
    writer.ifPresent(to -> call(() -> to.write(new StoredEntry<>(key, value))));
  }

  void delete(K key) {
    writer.ifPresent(to -> call(() -> to.delete(key)));
  }

  /** What the writer did, and how it failed. */
  record Batch<K>(Set<K> written, Optional<RuntimeException> failure) {
    void throwFailure() {
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
  }

  Batch<K> writeAll(Map<? extends K, ? extends V> entries) {
    List<Cache.Entry<? extends K, ? extends V>> left = new ArrayList<>();
    entries.forEach((key, value) -> left.add(new StoredEntry<K, V>(key, value)));
    Set<K> written = new LinkedHashSet<>(entries.keySet());
    Optional<RuntimeException> failure = failure(() -> writer.orElseThrow().writeAll(cast(left)));
    left.forEach(entry -> written.remove(entry.getKey()));
    return new Batch<>(
        failure.isEmpty() ? new LinkedHashSet<>(entries.keySet()) : written, failure);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // The writer takes entries of a wider type.
  private static <A, B> Collection<Cache.Entry<? extends A, ? extends B>> cast(
      Collection<? extends Cache.Entry<?, ?>> entries) {
    return (Collection) entries;
  }

  Batch<K> deleteAll(Collection<? extends K> keys) {
    List<K> left = new ArrayList<>(keys);
    Optional<RuntimeException> failure = failure(() -> writer.orElseThrow().deleteAll(left));
    Set<K> deleted = new LinkedHashSet<>(keys);
    if (failure.isPresent()) {
      left.forEach(deleted::remove);
    }
    return new Batch<>(deleted, failure);
  }

  private static Optional<RuntimeException> failure(Runnable call) {
    try {
      call(call);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }

  private static void call(Runnable call) {
    try {
      call.run();
    } catch (CacheWriterException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheWriterException("the CacheWriter failed", e);
    }
  }
}
