package org.ocmcore.cache.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.benchmarks.load.Shape;
import org.ocmcore.cache.benchmarks.load.Shapes;

/** Those that ours is compared with do what they are measured for. */
class PeersIT {
  private static final int COUNT = 100;
  private static final Shape SHAPE = Shapes.DUMPED;

  @TempDir
  private Path folder;

  private MemcachedProcess server;

  @BeforeEach
  void start() throws IOException {
    server = MemcachedProcess.start(folder, SHAPE, COUNT);
    new Filler(SHAPE).fill(server, COUNT);
  }

  @AfterEach
  void end() throws IOException {
    server.close();
  }

  @Test
  void aRewrittenSetRemovesItsKeysAndNoOther() throws IOException {
    try (RewrittenSet set = new RewrittenSet(server.port(), SHAPE);
        BareClient bare = new BareClient(server.port(), SHAPE)) {
      assertTrue(set.deleteSeconds(COUNT - 1) > 0);
      IOException missing = assertThrows(IOException.class, () -> bare.readSeconds(1));
      assertTrue(missing.getMessage().contains("EN"), missing.getMessage());
    }
    try (RewrittenSet set = new RewrittenSet(server.port(), SHAPE)) {
      IOException gone = assertThrows(IOException.class, () -> set.deleteSeconds(1));
      assertEquals("memcached answers NOT_FOUND, expected DELETED", gone.getMessage());
    }
    try (Wire wire = new Wire(server.port())) {
      wire.send("mg " + SHAPE.keys().text(COUNT - 1) + "\r\n");
      assertEquals("HD", wire.line());
    }
  }

  @Test
  void folsomReadsAndStores() throws IOException, InterruptedException {
    try (Folsom folsom = new Folsom(server.port())) {
      assertEquals(SHAPE.valueBytes(), folsom.get(SHAPE.keys().text(0)).length);
      assertNull(folsom.get("absent"));
      assertTrue(folsom.set("new", new byte[] {1, 2}, 100));
      assertArrayEquals(new byte[] {1, 2}, folsom.get("new"));
    }
  }
}
