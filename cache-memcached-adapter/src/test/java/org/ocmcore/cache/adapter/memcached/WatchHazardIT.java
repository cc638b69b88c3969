package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener.Kind;
import org.ocmcore.cache.domain.port.StoreOutcome;
import org.ocmcore.cache.domain.testing.FeedThread;

/** No client can crash a followed server with stores that the server rejects. */
@ParameterizedClass
@EnumSource(Release.class)
final class WatchHazardIT {
  private static final int TOO_LARGE = 1_100_000;

  private final Release release;

  WatchHazardIT(Release release) {
    this.release = release;
  }

  private MemcachedServer server(String... arguments) {
    return MemcachedServer.start(release, arguments);
  }

  private static FeedThread follow(Fleet fleet) {
    FeedThread feed = FeedThread.start(fleet.store.keyspace(), fleet.only().address());
    feed.awaitCaughtUp();
    return feed;
  }

  private static void assertAlive(MemcachedServer server) {
    assertTrue(server.command("version").startsWith("VERSION "));
    assertTrue(server.isAlive());
  }

  /** Sends a set of the binary protocol and waits for the error. */
  private static void setByBinaryProtocol(MemcachedServer server) throws IOException {
    byte[] key = "large".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer request = ByteBuffer.allocate(24 + 8 + key.length + TOO_LARGE);
    request.put((byte) 0x80).put((byte) 1).putShort((short) key.length).put((byte) 8);
    request.put((byte) 0).putShort((short) 0).putInt(8 + key.length + TOO_LARGE);
    request.putInt(0).putLong(0).putLong(0).put(key);
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(request.array());
      InputStream in = socket.getInputStream();
      assertEquals(0x81, in.read(), "the server has closed the connection");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = FeedMode.class,
      names = {"AUTO", "OFF"})
  void binaryProtocolClientsCannotCrashTheServer(FeedMode mode) throws IOException {
    try (Fleet fleet = Fleet.of(mode, server());
        FeedThread feed = FeedThread.start(fleet.store.keyspace(), fleet.only().address())) {
      assertFalse(feed.hasBegun() && feed.kinds().contains(Kind.MUTATIONS));
      for (int i = 0; i < 5; i++) {
        setByBinaryProtocol(fleet.only());
        assertAlive(fleet.only());
      }
    }
  }

  private static List<String> refusedStores() {
    return List.of("set", "add", "ms");
  }

  @ParameterizedTest
  @MethodSource("refusedStores")
  void textProtocolClientsCannotCrashTheServer(String command) {
    String value = "x".repeat(TOO_LARGE);
    String line = command.equals("ms")
        ? "ms large %d".formatted(TOO_LARGE)
        : "%s large 0 0 %d".formatted(command, TOO_LARGE);
    for (String[] arguments : new String[][] {{}, {"-B", "ascii"}}) {
      try (Fleet fleet = Fleet.of(FeedMode.AUTO, server(arguments));
          FeedThread feed = follow(fleet)) {
        for (int i = 0; i < 5; i++) {
          fleet.only().command(line + "\r\n" + value);
          assertAlive(fleet.only());
        }
        assertEquals(arguments.length > 0, feed.kinds().contains(Kind.MUTATIONS));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(FeedMode.class)
  void restoringToAFullServerCannotCrashIt(FeedMode mode) {
    try (Fleet fleet = Fleet.of(mode, server("-M", "-m", "2"));
        FeedThread feed = FeedThread.start(fleet.store.keyspace(), fleet.only().address())) {
      List<CacheEntry> entries = IntStream.range(0, 40)
          .mapToObj(i -> new CacheEntry(
              CacheKey.of("k" + i),
              CacheValue.of(new byte[i % 10 == 9 ? TOO_LARGE : 400_000], 0),
              Expiry.NEVER))
          .toList();
      List<StoreOutcome> outcomes = new ArrayList<>();
      fleet
          .store
          .bulk()
          .store(
              fleet.only().address(),
              entries.iterator(),
              false,
              (entry, outcome, reason) -> outcomes.add(outcome));
      assertTrue(outcomes.contains(StoreOutcome.REFUSED), outcomes.toString());
      assertTrue(outcomes.contains(StoreOutcome.TOO_LARGE), outcomes.toString());
      assertAlive(fleet.only());
      assertEquals(mode != FeedMode.OFF, feed.hasBegun());
    }
  }
}
