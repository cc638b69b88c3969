package org.ocmcore.cache.benchmarks.inside;

import java.io.IOException;
import java.time.Clock;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.benchmarks.load.KeyNames;
import org.ocmcore.cache.benchmarks.peer.CannedPeer;
import org.ocmcore.cache.domain.key.CacheKey;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** With a store whose server has all answers ready, so that it is not waited for. */
public abstract class OnPeer extends Inside {
  static final int VALUE_BYTES = 100;

  private static final int KEY_BYTES = 30;

  private CannedPeer peer;

  /** On the peer alone. */
  MemcachedStore store;

  @Setup(Level.Trial)
  public void open() throws IOException {
    peer = CannedPeer.of(1, VALUE_BYTES);
    store =
        MemcachedStore.open(MemcachedSettings.parse("127.0.0.1:" + peer.port()), Clock.systemUTC());
  }

  /** A key of a number. */
  static CacheKey key(int number) {
    return CacheKey.of(new KeyNames(KEY_BYTES).text(number));
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    store.close();
    peer.close();
  }
}
