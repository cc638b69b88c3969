package org.ocmcore.cache.adapter.memcached;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.Loading;

/**
 * A process with many threads that all want one key. Prints the age of the oldest value in ms, when
 * it was asked for.
 */
final class LoadingProcess {
  static final String LOADS = "loads";
  static final Duration FRESH = Duration.ofSeconds(3);
  static final Duration STALE = Duration.ofSeconds(2);

  /** Four processes start at once, on a machine that may be busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration LOAD_TIME = Duration.ofMillis(100);

  private final Cache cache;
  private final Loading<Long> loading;

  private LoadingProcess(Cache cache) {
    this.cache = cache;
    this.loading = cache.loading(Long.class).expireAfter(FRESH).staleFor(STALE).clusterWide();
  }

  /** @param arguments the server, the number of threads, the seconds to run */
  public static void main(String[] arguments) throws Exception {
    MemcachedSettings parsed = MemcachedSettings.parse(arguments[0]);
    MemcachedSettings settings =
        new MemcachedSettings(parsed.servers(), PATIENCE, parsed.ring(), parsed.feed());
    try (Cache cache = Cache.builder(MemcachedStore.open(settings)).build()) {
      int threads = Integer.parseInt(arguments[1]);
      Duration time = Duration.ofSeconds(Integer.parseInt(arguments[2]));
      System.out.println(new LoadingProcess(cache).oldest(threads, time));
    }
  }

  private long oldest(int threads, Duration time) throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(threads, LoadingProcess::daemon);
    long end = System.nanoTime() + time.toNanos();
    List<Future<Long>> ages = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      ages.add(executor.submit(() -> read(end)));
    }
    long oldest = 0;
    for (Future<Long> age : ages) {
      oldest = Math.max(oldest, age.get());
    }
    return oldest;
  }

  /** Does not keep a process alive whose main thread failed. */
  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  private long read(long end) {
    long oldest = 0;
    while (System.nanoTime() - end < 0) {
      // Not when it was given: this thread may have waited for a processor since.
      long askedAt = System.currentTimeMillis();
      long loadedAt = loading.get("wanted", this::load);
      oldest = Math.max(oldest, askedAt - loadedAt);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    return oldest;
  }

  private long load() {
    cache.increment(LOADS, 1, Cache.FOREVER);
    LockSupport.parkNanos(LOAD_TIME.toNanos());
    return System.currentTimeMillis();
  }
}
