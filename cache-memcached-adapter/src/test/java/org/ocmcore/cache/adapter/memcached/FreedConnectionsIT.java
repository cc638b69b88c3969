package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * A server accepts no connection while it has too many. The first packet of a new one is lost then,
 * and the operating system sends it again only after a second.
 */
final class FreedConnectionsIT {
  private static final CacheKey KEY = CacheKey.of("key");

  /** Shorter than the second. */
  private static final Duration TIMEOUT = Duration.ofMillis(950);

  @ParameterizedTest
  @EnumSource(Release.class)
  void aReadSucceedsSoonAfterConnectionsAreFreed(Release release) throws IOException {
    onFullServer(release, (server, store, clients) -> {
      CompletableFuture<Optional<CacheValue>> read =
          CompletableFuture.supplyAsync(() -> store.cache().get(KEY));
      MemcachedServer.await(() -> isConnecting(server.port()));
      close(clients);
      assertEquals(Optional.empty(), read.join());
    });
  }

  @ParameterizedTest
  @EnumSource(Release.class)
  void aServerThatStaysFullIsExplained(Release release) throws IOException {
    onFullServer(release, (server, store, clients) -> {
      StoreUnavailable failure =
          assertThrows(StoreUnavailable.class, () -> store.cache().get(KEY));
      assertEquals(
          "timed out, no connection within 950 ms: its host is down, a firewall drops the packets,"
              + " or memcached has too many connections (raise its -c)",
          failure.reason());
    });
  }

  /** What is tried on a server that these clients fill. */
  @FunctionalInterface
  private interface Trial {
    void run(MemcachedServer server, MemcachedStore store, List<Socket> clients) throws IOException;
  }

  private static void onFullServer(Release release, Trial trial) throws IOException {
    List<Socket> clients = new ArrayList<>();
    try (MemcachedServer server =
            MemcachedServer.start(release, "-t", "1", "-c", "60", "-o", "no_maxconns_fast");
        MemcachedStore store = MemcachedStore.open(
            new MemcachedSettings(List.of(server.address()), TIMEOUT, Ring.KETAMA, FeedMode.OFF),
            Clock.systemUTC())) {
      fill(server, clients);
      trial.run(server, store, clients);
    } finally {
      close(clients);
    }
  }

  /**
   * Opens connections until the server accepts no more. A slow server may have yet to notice that
   * an earlier client has gone, and then accepts another one; so it must refuse several in a row.
   */
  private static void fill(MemcachedServer server, List<Socket> clients) throws IOException {
    for (int refused = 0; refused < 5; refused++) {
      Socket client = new Socket();
      clients.add(client);
      try {
        client.connect(new InetSocketAddress("127.0.0.1", server.port()), 100);
        refused = -1;
      } catch (SocketTimeoutException full) {
        client.close();
      }
    }
  }

  private static void close(List<Socket> clients) throws IOException {
    for (Socket client : clients) {
      client.close();
    }
  }

  /** Whether a first packet to this port is not answered yet: state 2 of proc(5). */
  private static boolean isConnecting(int port) {
    Pattern line = Pattern.compile(" *\\d+: \\S+ \\S+:%04X 02 .*".formatted(port));
    return Stream.of("tcp", "tcp6")
        .flatMap(table -> lines(Path.of("/proc/net", table)))
        .anyMatch(text -> line.matcher(text).matches());
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.readAllLines(table).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
