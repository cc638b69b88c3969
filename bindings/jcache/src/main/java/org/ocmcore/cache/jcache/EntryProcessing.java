package org.ocmcore.cache.jcache;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorResult;

/** Runs entry processors. For any number of threads. */
final class EntryProcessing<K, V> {
  private final EntryAccess<K, V> access;

  EntryProcessing(EntryAccess<K, V> access) {
    this.access = access;
  }

  /** What the processor returns; it runs again if another process changes the entry meanwhile. */
  <T> T invoke(K key, EntryProcessor<K, V, T> processor, Object... arguments) {
    long start = System.nanoTime();
    ProcessedEntry<K, V, T> entry = access
        .changes()
        .<ProcessedEntry<K, V, T>>change(
            key,
            current -> new ProcessedEntry<K, V, T>(
                    access.store().copy(key), current, access.loading())
                .process(processor, arguments));
    access.statistics().countRead(entry.wasThere(), start);
    return entry.result();
  }

  /** The results of those keys for which the processor returned one, or failed. */
  <T> Map<K, EntryProcessorResult<T>> invokeAll(
      Set<? extends K> keys, EntryProcessor<K, V, T> processor, Object... arguments) {
    Map<K, EntryProcessorResult<T>> results = new HashMap<>();
    for (K key : keys) {
      try {
        T result = invoke(key, processor, arguments);
        if (result != null) {
          results.put(key, ProcessorResult.of(result));
        }
      } catch (RuntimeException e) {
        results.put(key, ProcessorResult.failed(e));
      }
    }
    return results;
  }
}
