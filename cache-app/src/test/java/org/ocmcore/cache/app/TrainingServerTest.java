package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.ChangeListener;
import org.ocmcore.cache.domain.testing.FeedThread;

class TrainingServerTest {
  private static final int KEYS = 3;

  /** Another client stores the same key at once, if the hash is a multiple of 16. */
  private static final String SHARED = "p";

  private TrainingServer server;

  @BeforeEach
  void start() throws IOException {
    server = TrainingServer.start(KEYS);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /** A connection to the server. */
  private final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Client() throws IOException {
      int port = Integer.parseInt(server.address().split(":")[1]);
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      in = new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** Returns the first line of the response. */
    String send(String command) throws IOException {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return in.readLine();
    }

    int countKeys() throws IOException {
      int count = 0;
      for (String line = send("lru_crawler metadump all");
          !line.equals("END");
          line = in.readLine()) {
        count++;
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void watchersLearnOfWhatTheyAskFor() throws IOException {
    try (Client all = new Client();
        Client deletions = new Client();
        Client work = new Client()) {
      assertEquals("OK", all.send("watch mutations evictions deletions"));
      assertEquals("OK", deletions.send("watch evictions deletions"));
      assertEquals("MN", work.send("ms one 1 q k\r\nx\r\nmd two q k\r\nmn"));
      String time = "ts=\\d{10,}\\.\\d{1,6} gid=1 ";
      String store = "type=item_store key=one status=stored cmd=set ttl=0 clsid=1 cfd=1 size=100";
      String deletion = "type=deleted key=two cmd=md clsid=1 cfd=1 size=100";
      String first = all.in.readLine();
      assertTrue(first.matches(time + store), first);
      String second = all.in.readLine();
      assertTrue(second.matches(time + deletion), second);
      String only = deletions.in.readLine();
      assertTrue(only.matches(time + deletion), only);
    }
  }

  @Test
  void anotherClientStoresSomeKeysToo() throws IOException {
    assertEquals(0, SHARED.hashCode() % 16);
    try (Client watcher = new Client();
        Client work = new Client()) {
      watcher.send("watch mutations");
      work.send("ms " + SHARED + " 1 q k\r\nx\r\nmd a q k\r\nms a 1 q k\r\nx\r\nmn");
      assertTrue(watcher.in.readLine().contains(" key=" + SHARED + " "));
      assertTrue(watcher.in.readLine().contains(" key=" + SHARED + " "));
      assertTrue(watcher.in.readLine().contains(" key=a "));
    }
  }

  @Test
  void theAdapterUnderstandsTheReports() throws IOException {
    CacheKey one = CacheKey.of("one");
    CacheKey two = CacheKey.of("two");
    Map<String, String> environment =
        Map.of("MEMCACHED_SERVERS", server.address(), "CACHE_FEED", "on");
    try (MemcachedStore store =
            MemcachedStore.open(AppConfig.from(environment).requireServers().settings());
        FeedThread feed = FeedThread.start(store.keyspace(), server.address());
        Client work = new Client()) {
      assertEquals(EnumSet.allOf(ChangeListener.Kind.class), feed.kinds());
      work.send("ms one 1 q k\r\nx\r\nmd two q k\r\nmn");
      feed.awaitStored(one);
      feed.await(() -> !feed.removed().isEmpty());
      assertEquals(two, feed.removed().get(0).key());
    }
  }

  @Test
  void aWatcherThatHasGoneHarmsNobody() throws IOException {
    try (Client work = new Client()) {
      try (Client gone = new Client()) {
        gone.send("watch mutations");
      }
      for (int i = 0; i < 100; i++) {
        assertEquals("MN", work.send("ms key" + i + " 1 q k\r\nx\r\nmn"));
      }
    }
  }

  @Test
  void aFlushedServerListsNothingUntilAStore() throws IOException {
    try (Client client = new Client()) {
      assertEquals(KEYS, client.countKeys());
      assertEquals("OK", client.send("flush_all"));
      assertEquals(0, client.countKeys());
      client.send("ms a 1 q k\r\nx\r\nmn");
      assertEquals(KEYS, client.countKeys());
    }
  }
}
