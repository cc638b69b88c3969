package org.ocmcore.cache.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.benchmarks.load.KeyNames;

class WireClientIT {
  private static final int COUNT = 3_050;

  @TempDir
  private Path folder;

  private MemcachedServer server;
  private WireClient client;

  @BeforeEach
  void start() throws Exception {
    server = MemcachedServer.start();
    client = WireClient.build(folder, new KeyNames(30), COUNT).orElseThrow();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyOperationIsOnAllKeys() throws Exception {
    assertTrue(client.storeSeconds(server.port()) > 0);
    assertEquals(COUNT, server.stat("curr_items"));
    assertTrue(client.metadumpSeconds(server.port()) > 0);
    client.touchSeconds(server.port());
    assertEquals(COUNT, server.stat("touch_hits"));
    client.deleteSeconds(server.port());
    assertEquals(0, server.stat("curr_items"));
  }

  @Test
  void aDumpHasEveryKeyAndValue() throws Exception {
    client.storeSeconds(server.port());
    client.dumpSeconds(server.port());
    String line = "VALUE %s 0 100\r\n%s\r\n".formatted(new KeyNames(30).text(0), "x".repeat(100));
    String items = Files.readString(folder.resolve("items"));
    assertEquals((long) COUNT * line.length(), items.length());
    assertTrue(items.contains(line));
  }

  @Test
  void aMissingItemIsAFailure() throws Exception {
    IOException failure = assertThrows(IOException.class, () -> client.touchSeconds(server.port()));
    assertTrue(failure.getMessage().contains("expected"), failure.getMessage());
    assertThrows(IOException.class, () -> client.metadumpSeconds(server.port()));
    assertThrows(IOException.class, () -> client.dumpSeconds(server.port()));
  }
}
