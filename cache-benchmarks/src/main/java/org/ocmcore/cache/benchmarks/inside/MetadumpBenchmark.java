package org.ocmcore.cache.benchmarks.inside;

import java.io.IOException;
import java.time.Clock;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.benchmarks.peer.CannedPeer;
import org.ocmcore.cache.benchmarks.peer.MetadumpDrain;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a line of metadump costs to read, from a peer that has all lines ready, so that no crawler
 * is waited for; beside a bare socket that throws them away.
 */
public class MetadumpBenchmark extends Inside {
  private static final int LINES = 100_000;

  private CannedPeer peer;
  private MetadumpDrain drain;
  private MemcachedStore store;
  private int met;

  @Setup(Level.Trial)
  public void open() throws IOException {
    peer = CannedPeer.of(LINES, 1);
    drain = new MetadumpDrain(peer.port());
    store =
        MemcachedStore.open(MemcachedSettings.parse("127.0.0.1:" + peer.port()), Clock.systemUTC());
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public int walk() {
    met = 0;
    store.keyspace().walk(store.keyspace().servers().get(0), key -> met++);
    if (met != LINES) {
      throw new IllegalStateException("met " + met + " keys of " + LINES);
    }
    return met;
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public double bareSocket() throws IOException {
    return drain.seconds();
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    store.close();
    drain.close();
    peer.close();
  }
}
