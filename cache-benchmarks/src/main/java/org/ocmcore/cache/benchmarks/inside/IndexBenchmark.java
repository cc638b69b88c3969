package org.ocmcore.cache.benchmarks.inside;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.ocmcore.cache.benchmarks.load.KeyNames;
import org.ocmcore.cache.benchmarks.peer.CannedPeer;
import org.ocmcore.cache.benchmarks.suite.IndexWalk;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.KeyCursor;
import org.ocmcore.cache.domain.index.KeyIndex;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.KeyRange;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyFinder;
import org.ocmcore.cache.domain.query.KeyPage;
import org.ocmcore.cache.domain.query.KeyQuery;
import org.ocmcore.cache.domain.query.Workers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What it costs to find one key in the index, and for each key: to go through all of them, to find
 * a regular expression in them, to list a page. One thread.
 */
public class IndexBenchmark extends Inside {
  private static final int KEYS = 100_000;
  private static final int PAGE = 1_000;
  private static final KeyPattern REGEX = KeyPattern.of("beef.*7$");

  private final CacheKey[] keys = new CacheKey[KEYS];
  private CannedPeer peer;
  private IndexWalk walk;
  private KeyIndex index;
  private KeyFinder finder;
  private Instant now;
  private int next;

  @Setup(Level.Trial)
  public void open() throws IOException {
    KeyNames names = new KeyNames(30);
    for (int i = 0; i < KEYS; i++) {
      // Spread, so that the processor's cache helps no more than with keys of real clients.
      keys[i] = CacheKey.of(names.text(i * 31L % KEYS));
    }
    peer = CannedPeer.of(KEYS, 1);
    walk = new IndexWalk("127.0.0.1:" + peer.port());
    index = walk.walked();
    now = Instant.now();
    finder = new KeyFinder(index, now, Workers.ALONE);
  }

  @Benchmark
  public Optional<KeyInfo> find() {
    next = next + 1 == KEYS ? 0 : next + 1;
    return index.find(keys[next], now);
  }

  @Benchmark
  @OperationsPerInvocation(KEYS)
  public int all() {
    int count = 0;
    KeyCursor cursor = index.cursor(KeyRange.ALL, now);
    while (cursor.next()) {
      count++;
    }
    return count;
  }

  @Benchmark
  @OperationsPerInvocation(KEYS)
  public Map<String, Long> regex() {
    return finder.selectCopies(KeyFilter.matching(REGEX)).countByServer();
  }

  @Benchmark
  @OperationsPerInvocation(PAGE)
  public KeyPage page() {
    return finder.page(KeyQuery.ALL.after(keys[KEYS / 2]).limitedTo(PAGE));
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    walk.close();
    peer.close();
  }
}
