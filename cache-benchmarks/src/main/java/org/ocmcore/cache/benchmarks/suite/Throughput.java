package org.ocmcore.cache.benchmarks.suite;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Measurement;
import org.ocmcore.cache.benchmarks.measure.Unit;

/** Calls per second of threads that take one key after the other. */
final class Throughput {
  /** The number of keys: a power of two, so that the next key costs no division. */
  static final int KEYS = 1 << 13;

  private static final Duration SAMPLE = Duration.ofMillis(100);

  private Throughput() {}

  /** A call for the key of this number. */
  interface Call {
    void execute(int key) throws Exception;
  }

  static Comparison of(String what, int threads, Call call) {
    return Comparison.of(what, Unit.PER_SECOND, perSecond(threads, call));
  }

  static Measurement perSecond(int threads, Call call) {
    return () -> {
      LongAdder calls = new LongAdder();
      AtomicReference<Exception> failure = new AtomicReference<>();
      Thread[] workers = new Thread[threads];
      long start = System.nanoTime();
      long end = start + SAMPLE.toNanos();
      for (int i = 0; i < threads; i++) {
        int first = i * (KEYS / threads);
        workers[i] = new Thread(() -> repeat(call, first, end, calls, failure), "single-" + i);
        workers[i].start();
      }
      for (Thread worker : workers) {
        worker.join();
      }
      if (failure.get() != null) {
        throw failure.get();
      }
      return calls.sum() / ((System.nanoTime() - start) / 1e9);
    };
  }

  private static void repeat(
      Call call, int first, long end, LongAdder calls, AtomicReference<Exception> failure) {
    try {
      long count = 0;
      for (int key = first; System.nanoTime() < end; key = key + 1 & KEYS - 1) {
        call.execute(key);
        count++;
      }
      calls.add(count);
    } catch (Exception e) {
      failure.set(e);
    }
  }
}
