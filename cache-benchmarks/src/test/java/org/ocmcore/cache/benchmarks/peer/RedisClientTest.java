package org.ocmcore.cache.benchmarks.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RedisClientTest {
  private static final String SCAN = "*4\r\n$4\r\nSCAN\r\n$1\r\n0\r\n$5\r\nCOUNT\r\n$1\r\n3\r\n";

  private static long stringsIn(String answer) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RedisClient client = new RedisClient(listener.getLocalPort());
        Socket peer = listener.accept()) {
      CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> {
        try {
          byte[] bytes = peer.getInputStream().readNBytes(SCAN.length());
          peer.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
          peer.shutdownOutput();
          return new String(bytes, StandardCharsets.US_ASCII);
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      });
      long strings = client.execute("SCAN", "0", "COUNT", "3");
      assertEquals(SCAN, asked.join());
      return strings;
    }
  }

  @Test
  void nestedStringsAreCounted() throws IOException {
    assertEquals(
        4, stringsIn("*2\r\n$1\r\n7\r\n*3\r\n$1\r\na\r\n$0\r\n\r\n$12\r\nwith\r\nbreak1\r\n"));
    assertEquals(0, stringsIn("*0\r\n"));
    assertEquals(0, stringsIn("*1\r\n$-1\r\n"));
    assertEquals(2, stringsIn("*2\r\n:12\r\n+OK\r\n"));
  }

  @Test
  void anErrorResponseIsAFailure() {
    IOException failure =
        assertThrows(IOException.class, () -> stringsIn("-ERR unknown command\r\n"));
    assertEquals("redis answers -ERR unknown command", failure.getMessage());
  }

  @Test
  void aTruncatedResponseIsAFailure() {
    assertThrows(IOException.class, () -> stringsIn("*2\r\n$1\r\na\r\n"));
  }
}
