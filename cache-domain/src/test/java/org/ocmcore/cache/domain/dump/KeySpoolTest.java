package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.testing.FakeDumps;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeySpoolTest {
  private static final long CHUNK = 64 * 1024;

  private final FakeDumps dumps = new FakeDumps();
  private final FailureSignal signal = new FailureSignal();

  private KeySpool spool(long memory) {
    return new KeySpool("a:1", memory, dumps::scratch, signal);
  }

  private static KeyInfo key(byte[] bytes, long number) {
    Expiry expiry = number % 3 == 0 ? Expiry.NEVER : new Expiry(4_000_000_000L + number);
    long lastAccess = number % 5 == 0 ? KeyInfo.UNKNOWN : number;
    long size = number % 7 == 0 ? KeyInfo.MAX_SIZE : number;
    return new KeyInfo(CacheKey.ofBytes(bytes), expiry, size, lastAccess, false, "a:1");
  }

  private static KeyInfo key(long number) {
    return key(("key:" + number).getBytes(java.nio.charset.StandardCharsets.UTF_8), number);
  }

  /** Takes a key out, waiting for it; null at the end. */
  private static KeyInfo take(KeySpool spool) {
    return spool.await() ? spool.poll() : null;
  }

  private static Set<KeyInfo> drain(KeySpool spool) {
    Set<KeyInfo> taken = new HashSet<>();
    for (KeyInfo key = take(spool); key != null; key = take(spool)) {
      assertTrue(taken.add(key), key::toString);
    }
    assertNull(take(spool));
    return taken;
  }

  @Test
  void everyKeyComesOutExactlyOnce() {
    Random random = new Random(7);
    for (long memory : new long[] {0, CHUNK, 4 * CHUNK, 1_000 * CHUNK}) {
      Set<KeyInfo> added = new HashSet<>();
      long scratchedBefore = dumps.scratched();
      try (KeySpool spool = spool(memory)) {
        for (int i = 0; i < 20_000; i++) {
          byte[] bytes = new byte[1 + random.nextInt(186)];
          random.nextBytes(bytes);
          KeyInfo key = key(bytes, i);
          if (added.add(key)) {
            spool.add(key);
          }
        }
        spool.end();
        assertEquals(added, drain(spool));
      }
      assertEquals(0, dumps.open());
      assertEquals(memory < 1_000 * CHUNK, dumps.scratched() > scratchedBefore);
    }
  }

  @Test
  void readerWaitsForTheWriterUntilTheEnd() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (KeySpool spool = spool(2 * CHUNK)) {
      Future<Set<KeyInfo>> taken = threads.submit(() -> drain(spool));
      Set<KeyInfo> added = new HashSet<>();
      for (int i = 0; i < 50_000; i++) {
        added.add(key(i));
        spool.add(key(i));
      }
      spool.end();
      assertEquals(added, taken.get(10, TimeUnit.SECONDS));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void nothingAddedIsTheEndAtOnce() {
    try (KeySpool spool = spool(CHUNK)) {
      spool.end();
      assertNull(take(spool));
    }
  }

  @Test
  void signalOrInterruptEndsAWaitingReader() {
    try (KeySpool spool = spool(CHUNK)) {
      signal.stop(new DumpFailed("the disk is full"));
      assertEquals(
          "the disk is full", assertThrows(DumpFailed.class, () -> take(spool)).getMessage());
    }
    try (KeySpool spool = new KeySpool("a:1", CHUNK, dumps::scratch, new FailureSignal())) {
      Thread.currentThread().interrupt();
      assertThrows(DumpFailed.class, () -> take(spool));
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void theFirstReasonToStopHolds() {
    signal.check();
    DumpFailed first = new DumpFailed("first " + Instant.EPOCH);
    signal.stop(first);
    signal.stop(new DumpFailed("second"));
    assertEquals(first, assertThrows(DumpFailed.class, signal::check));
  }
}
