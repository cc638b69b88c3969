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
  private Outcome.Act act = Outcome.Act.KEEP;
  private T result;

  ProcessedEntry(K key, V current, CacheLoading<K, V> loading) {
    this.key = key;
    this.value = current;
    this.wasThere = current != null;
    this.loading = loading;
  }

  /** Runs the processor. */
  Outcome<V, ProcessedEntry<K, V, T>> process(
      EntryProcessor<K, V, T> processor, Object... arguments) {
    try {
      result = processor.process(this, arguments);
    } catch (EntryProcessorException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new EntryProcessorException("the EntryProcessor failed; nothing is changed", e);
    }
    return new Outcome<>(act, value, this);
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
    act = wasThere || act == Outcome.Act.KEEP ? Outcome.Act.REMOVE : Outcome.Act.KEEP;
    value = null;
  }

  @Override
  public void setValue(V next) {
    value = Objects.requireNonNull(next, "value");
    act = Outcome.Act.STORE;
  }

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public V getValue() {
    if (act == Outcome.Act.KEEP) {
      if (value != null) {
        act = Outcome.Act.ACCESS;
      } else if (loading.isReadThrough()) {
        value = loading.load(key);
        act = value == null ? Outcome.Act.KEEP : Outcome.Act.STORE_LOADED;
      }
    }
    return value;
  }

  @Override
  public <U> U unwrap(Class<U> type) {
    return Unwrapping.unwrap(this, type);
  }
}
