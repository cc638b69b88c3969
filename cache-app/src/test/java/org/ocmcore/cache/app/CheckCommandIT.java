package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

class CheckCommandIT extends CommandLineFixture {
  @Test
  void everyServerHasALineAndTheRingIsNamed() throws Exception {
    List<MemcachedServer> three = servers(3);
    List<String> addresses = three.stream().map(MemcachedServer::address).toList();
    assertEquals(100, FleetClient.run("php", "php_memcached.php", "store", addresses));
    String version = three.get(0).command("version").split("[ \r]")[1];
    assertEquals(0, run(on(three), "check"), err());
    expectLine("server +latency +version +up +items +bytes +limit +hits +password +listed +feed");
    for (MemcachedServer server : three) {
      expectLine("%s +[0-9.]+ ms +%s +[0-9]+s +[0-9]+ +[0-9.]+ (B|KiB) +64.0 MiB .* no +yes .*"
          .formatted(server.address(), version));
    }
    expectLine("ring: of 100 keys sampled, .*: set MEMCACHED_RING=libmemcached-ketama");
    assertEquals(100, items(three));
  }

  @Test
  void aServerThatIsDownIsNamedAndFailsTheCheck() {
    List<MemcachedServer> two = servers(2);
    fill(two);
    two.get(1).stop();
    assertEquals(1, run(on(two), "check"));
    expectLine(two.get(0).address() + " .* ms .* yes .*");
    expectLine(two.get(1).address() + " +down .* no +no");
    expectLine(two.get(1).address() + ": connection refused: no memcached listens there");
    assertFalse(out().contains("ring:"), out());
  }

  @Test
  void aServerThatCannotBeListedFailsTheCheck() {
    MemcachedServer server = MemcachedServer.start("-X");
    started.add(server);
    assertEquals(1, run(on(List.of(server)), "check"));
    expectLine(server.address() + " .* ms .* no .*");
    expectLine(server.address() + ": .*start memcached without the option -X");
  }

  @Test
  void evictionsAreTold() {
    MemcachedServer server = MemcachedServer.start("-m", "2");
    started.add(server);
    String large = "set %d 0 0 100000\r\n" + "x".repeat(100_000);
    for (int i = 0; i < 100; i++) {
      server.command(large.formatted(i));
    }
    assertEquals(0, run(on(List.of(server)), "check"), err());
    expectLine(server.address() + ": it has evicted [0-9,]+ items since its start: it is full");
  }

  @Test
  void itNeedsServers() {
    assertEquals(2, run(Map.of(), "check"));
    assertTrue(err().contains("set MEMCACHED_SERVERS"), err());
  }
}
