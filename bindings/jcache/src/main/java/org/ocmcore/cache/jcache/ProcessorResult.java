package org.ocmcore.cache.jcache;

import java.util.function.Supplier;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;

/** What a processor returned for one key, or how it failed. */
final class ProcessorResult<T> implements EntryProcessorResult<T> {
  private final Supplier<T> result;

  private ProcessorResult(Supplier<T> result) {
    this.result = result;
  }

  static <T> ProcessorResult<T> of(T result) {
    return new ProcessorResult<>(() -> result);
  }

  static <T> ProcessorResult<T> failed(RuntimeException failure) {
    return new ProcessorResult<>(() -> {
      throw failure instanceof EntryProcessorException known
          ? known
          : new EntryProcessorException(failure);
    });
  }

  @Override
  public T get() {
    return result.get();
  }
}
