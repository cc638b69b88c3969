package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.ref.Reference;
import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.domain.index.KeyIndex;

/** The heap that the index needs for each key, against the promised limit. */
final class HeapSuite implements Suite {
  private static final double MAX_BYTES_PER_KEY = 100;

  /** What the measurement itself allocates between two turns is less. */
  private static final long NOISE_BYTES = 100_000;

  @Override
  public void run(Testbed testbed, BenchmarkRunner runner) throws IOException {
    testbed.stopService();
    try (IndexWalk walk = new IndexWalk(testbed.memcached().address())) {
      // The first walk loads classes and fills buffers that stay.
      walk.walk();
      runner.run(Comparison.of(
              "heap of the index",
              Unit.BYTES_PER_KEY,
              () -> indexBytes(walk) / (double) testbed.count())
          .target(testbed.atTargetKeys(Target.atMost(Unit.BYTES_PER_KEY, MAX_BYTES_PER_KEY)))
          .once());
    }
  }

  private static long indexBytes(IndexWalk walk) {
    long before = liveHeapBytes();
    KeyIndex index = walk.walk();
    long bytes = liveHeapBytes() - before;
    Reference.reachabilityFence(index);
    return bytes;
  }

  /** What suites before this one left is freed in several turns, as cleaners wait for the first. */
  private static long liveHeapBytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    long used = Long.MAX_VALUE;
    long before;
    do {
      before = used;
      memory.gc();
      used = memory.getHeapMemoryUsage().getUsed();
    } while (used < before - NOISE_BYTES);
    return used;
  }
}
