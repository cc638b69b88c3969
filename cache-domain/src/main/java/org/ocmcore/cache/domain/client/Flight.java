package org.ocmcore.cache.domain.client;

import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.ocmcore.cache.domain.key.CacheKey;

/** One load of a key, for which several threads wait. */
final class Flight {
  /** Two callers that want different types cannot share a value. */
  record Target(CacheKey key, Type type) {}

  /** The end of a flight. */
  sealed interface Result permits Loaded, Failed, Abandoned {}

  /** @param value null if the loader found nothing */
  record Loaded(Object value) implements Result {}

  record Failed(RuntimeException failure) implements Result {}

  /** The loading thread was interrupted; that is nobody else's failure. */
  record Abandoned() implements Result {}

  private final Thread owner = Thread.currentThread();
  private final CompletableFuture<Result> end = new CompletableFuture<>();

  boolean isMine() {
    return owner == Thread.currentThread();
  }

  void land(Result result) {
    end.complete(result);
  }

  Result await() throws InterruptedException {
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a flight never fails itself", e);
    }
  }
}
