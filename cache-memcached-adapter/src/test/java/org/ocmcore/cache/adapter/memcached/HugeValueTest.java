package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.BulkPort;

/** Values that are longer than the server can store, or than the memory of this program. */
final class HugeValueTest {
  private static final CacheKey KEY = CacheKey.of("key");
  private static final int LENGTH = 3_000_000;
  private static final String VALUE = "VA " + LENGTH + " f0 t-1\r\n" + "x".repeat(LENGTH) + "\r\n";
  private static final String REFUSED =
      "a value of 3000000 bytes for key key, although its largest item has 1048576";

  private final ScriptedServer peer = ScriptedServer.start().on("mg", peer -> peer.send(VALUE));
  private final MemcachedStore store = peer.store(Duration.ofSeconds(5));
  private final AtomicInteger read = new AtomicInteger();

  @AfterEach
  void close() {
    store.close();
    peer.close();
  }

  private void largestItem(int bytes) {
    peer.on("stats settings", client -> client.send("STAT item_size_max " + bytes + "\r\nEND\r\n"));
  }

  private void awaitSharedConnection() {
    peer.on("mg", client -> client.send("EN\r\n"));
    MemcachedServer.await(() -> store.cache().get(KEY).isEmpty() && peer.keyConnections() > 1);
    peer.on("mg", client -> client.send(VALUE));
  }

  private void requireRefused(StoreUnavailable failure) {
    assertEquals(peer.address(), failure.server());
    assertTrue(failure.reason().endsWith(REFUSED), failure.reason());
  }

  private void readBulk() {
    KeyInfo known = new KeyInfo(KEY, Expiry.NEVER, 60, 0, false, peer.address());
    store.bulk().read(peer.address(), List.of(known).iterator(), new BulkPort.ReadVisitor() {
      @Override
      public void found(KeyInfo key, CacheEntry entry) {
        read.addAndGet(entry.value().length());
      }

      @Override
      public void absent(KeyInfo key) {}

      @Override
      public void stale(KeyInfo key) {}

      @Override
      public void refused(KeyInfo key, String reason) {}
    });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aValueAboveTheLargestItemIsRefused(boolean isShared) {
    if (isShared) {
      awaitSharedConnection();
    }
    requireRefused(assertThrows(StoreUnavailable.class, () -> store.cache().get(KEY)));
  }

  @Test
  void bulkReadsRefuseItToo() {
    requireRefused(assertThrows(StoreUnavailable.class, this::readBulk));
    assertEquals(0, read.get());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aServerWithLargerItemsMaySendIt(boolean isShared) {
    largestItem(4_000_000);
    if (isShared) {
      awaitSharedConnection();
    }
    for (int i = 0; i < 10; i++) {
      assertEquals(LENGTH, store.cache().get(KEY).orElseThrow().length());
      readBulk();
    }
    assertEquals(10 * LENGTH, read.get());
    long asked =
        peer.receivedCommands().stream().filter("stats settings"::equals).count();
    assertTrue(asked <= 4, "asked " + asked + " times");
  }

  @Test
  void theLimitFollowsARestart() {
    assertThrows(StoreUnavailable.class, () -> store.cache().get(KEY));
    largestItem(4_000_000);
    assertEquals(LENGTH, store.cache().get(KEY).orElseThrow().length());
  }

  @Test
  void aValueLargerThanTheMemoryIsRefused() {
    MetaResponseParser parser =
        new MetaResponseParser(new ValueBound(() -> 1_000_000_000, 128_000_000));
    ByteBuffer line = ByteBuffer.wrap("VA 200000000\r\n".getBytes(StandardCharsets.US_ASCII));
    IOException refusal = assertThrows(
        ProtocolException.class, () -> parser.parse(line, MetaResponseParser.NO_OPAQUE, KEY));
    assertEquals(
        "it sent a value of 200000000 bytes for key key, and there is memory for 128000000:"
            + " start this program with a larger -Xmx",
        refusal.getMessage());
  }
}
