package org.ocmcore.cache.jcache;

import java.util.Objects;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;

/** The entry that a processor works on; nothing is stored before it returns. For one thread. */
final class ProcessedEntry<K, V, T> implements MutableEntry<K, V> {
  private final K key;
  private final boolean wasThere;
  private final CacheLoading<K, V> loading;
  private V value;
  private ChangeResult.Act act = ChangeResult.Act.KEEP;
  private T result;

  ProcessedEntry(K key, V current, CacheLoading<K, V> loading) {
    this.key = key;
    this.value = current;
    this.wasThere = current != null;
    this.loading = loading;
  }

  /** Runs the processor. */
  ChangeResult<V, ProcessedEntry<K, V, T>> process(
      EntryProcessor<K, V, T> processor, Object... arguments) {
    try {
      result = processor.process(this, arguments);
    } catch (EntryProcessorException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new EntryProcessorException("the EntryProcessor failed; nothing is changed", e);
    }
    return new ChangeResult<>(act, value, this);
  }

  /** What the processor returned. */
  T result() {
    return result;
  }

  /** Whether the entry existed before. */
  boolean wasThere() {
    return wasThere;
  }

  @Override
  public boolean exists() {
    return value != null;
  }

  @Override
  public void remove() {
    act =
        wasThere || act == ChangeResult.Act.KEEP ? ChangeResult.Act.REMOVE : ChangeResult.Act.KEEP;
    value = null;
  }

  @Override
  public void setValue(V next) {
    value = Objects.requireNonNull(next, "value");
    act = ChangeResult.Act.STORE;
  }

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public V getValue() {
    if (act == ChangeResult.Act.KEEP) {
      if (value != null) {
        act = ChangeResult.Act.ACCESS;
      } else if (loading.isReadThrough()) {
        value = loading.load(key);
        act = value == null ? ChangeResult.Act.KEEP : ChangeResult.Act.STORE_LOADED;
      }
    }
    return value;
  }

  @Override
  public <U> U unwrap(Class<U> type) {
    return Unwrapping.unwrap(this, type);
  }
}
