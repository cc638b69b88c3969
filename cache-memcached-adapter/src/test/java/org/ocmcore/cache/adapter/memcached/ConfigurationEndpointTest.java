package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A scripted peer that answers as a configuration endpoint of ElastiCache. */
final class ConfigurationEndpointTest {
  private static final String HOST = "fleet.abc.cfg.test";

  private final ScriptedServer peer = ScriptedServer.start();
  private final TestHosts hosts = new TestHosts();
  private final String endpoint = HOST + ":" + peer.socketAddress().getPort();
  private MemcachedStore store;

  @AfterEach
  void stop() {
    if (store != null) {
      store.close();
    }
    peer.close();
  }

  private void open() {
    hosts.set(HOST, "127.0.0.1");
    store = hosts.open(Ring.KETAMA, endpoint);
  }

  private static String text(int version, String nodes) {
    return version + "\n" + nodes + "\n";
  }

  private void configured(int version, String nodes) {
    String text = text(version, nodes);
    peer.on(
        "config get cluster",
        answer ->
            answer.send("CONFIG cluster 0 %d\r\n%s\r\nEND\r\n".formatted(text.length(), text)));
  }

  private void awaitServers(String... servers) {
    MemcachedServer.await(() -> store.keyspace().servers().equals(List.of(servers)));
  }

  @Test
  void itsNodesAreTheServers() {
    configured(1, "b.test|10.0.0.2|11211 a.test|10.0.0.1|11211");
    open();
    assertEquals(List.of("a.test:11211", "b.test:11211"), store.keyspace().servers());
  }

  @Test
  void aNewVersionChangesTheServers() {
    configured(1, "a.test|10.0.0.1|11211 b.test|10.0.0.2|11211");
    open();
    configured(2, "a.test|10.0.0.1|11211 c.test|10.0.0.3|11212");
    awaitServers("a.test:11211", "c.test:11212");
  }

  @Test
  void aNodeWithoutNameIsItsAddress() {
    configured(1, "|10.0.0.1|11211");
    open();
    assertEquals(List.of("10.0.0.1:11211"), store.keyspace().servers());
  }

  @Test
  void olderEnginesHaveTheTextUnderAKey() {
    String text = text(1, "a.test|10.0.0.1|11211");
    peer.on("config", answer -> answer.send("ERROR\r\n"));
    peer.on(
        "get AmazonElastiCache:cluster",
        answer -> answer.send("VALUE AmazonElastiCache:cluster 0 %d\r\n%s\r\nEND\r\n"
            .formatted(text.length(), text)));
    open();
    assertEquals(List.of("a.test:11211"), store.keyspace().servers());
  }

  @Test
  void anOrdinaryServerOfSuchANameIsOneServer() {
    peer.on("config", answer -> answer.send("ERROR\r\n"));
    peer.on("get AmazonElastiCache:cluster", answer -> answer.send("END\r\n"));
    open();
    assertEquals(List.of(endpoint), store.keyspace().servers());
    assertTrue(store.keyspace().probe(endpoint).toNanos() > 0);
  }

  @Test
  void answersThatMakeNoSenseKeepTheServers() {
    configured(1, "a.test|10.0.0.1|11211");
    open();
    assertEquals(List.of("a.test:11211"), store.keyspace().servers());
    List<String> nonsense = List.of(
        "CONFIG cluster 0 2\r\n1\n\r\nEND\r\n",
        "CONFIG cluster 0 9\r\n2\na.test|1\n\r\nEND\r\n",
        "CONFIG cluster 0 9\r\n2\n\n\r\nEND\r\n",
        "STAT pid 1\r\n",
        "CONFIG cluster 0 9\r\n2\nunix:/tmp/other|10.0.0.1|11211\n\r\nEND\r\n",
        "CONFIG cluster 0 9\r\n2\n" + many(1_001) + "\n\r\nEND\r\n",
        "CONFIG cluster 0 9\r\n2\na.test|10.0.0.1|99999\n\r\nEND\r\n");
    for (String answer : nonsense) {
      peer.on("config get cluster", connection -> connection.send(answer));
      long before = asked();
      MemcachedServer.await(() -> asked() > before + 2);
      assertEquals(List.of("a.test:11211"), store.keyspace().servers(), answer);
    }
    configured(3, "b.test|10.0.0.2|11211");
    awaitServers("b.test:11211");
  }

  private static String many(int nodes) {
    return IntStream.range(0, nodes)
        .mapToObj(node -> "a%d.test|10.0.0.1|11211".formatted(node))
        .collect(Collectors.joining(" "));
  }

  @Test
  void aNodeThatIsNamedTwiceIsOneServer() {
    configured(1, "a.test|10.0.0.1|11211 b.test|10.0.0.2|11211 a.test|10.0.0.1|11211");
    open();
    assertEquals(List.of("a.test:11211", "b.test:11211"), store.keyspace().servers());
  }

  @Test
  void aLargeClusterArrivesInParts() {
    String text = text(1, many(300));
    peer.on("config get cluster", answer -> {
      answer.send("CONFIG cluster 0 %d\r\n%s".formatted(text.length(), text.substring(0, 5_000)));
      answer.send(text.substring(5_000) + "\r\nEND\r\n");
    });
    open();
    assertEquals(300, store.keyspace().servers().size());
  }

  private long asked() {
    return peer.receivedCommands().stream()
        .filter(command -> command.startsWith("config"))
        .count();
  }
}
