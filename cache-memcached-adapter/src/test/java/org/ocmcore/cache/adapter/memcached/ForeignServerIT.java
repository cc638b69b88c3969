package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;

/** Real servers that cannot be used, and what is said about them. */
final class ForeignServerIT {
  private static void assertRefused(String address, String reason) {
    try (MemcachedStore store =
        MemcachedStore.open(MemcachedSettings.parse(address).withTimeout(Duration.ofSeconds(10)))) {
      List<Runnable> calls = new ArrayList<>();
      calls.add(() -> store.keyspace().stats(address));
      calls.add(() -> store.cache().get(CacheKey.of("key")));
      calls.add(() -> store.keyspace().walk(address, key -> {}));
      for (Runnable call : calls) {
        StoreUnavailable failure = assertThrows(StoreUnavailable.class, call::run);
        assertEquals(reason, failure.reason());
        assertTrue(failure.isRefusal());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void binaryServersAreRecognised(Release release) {
    try (MemcachedServer server = MemcachedServer.start(release, "-B", "binary")) {
      assertRefused(server.address(), ForeignServer.BINARY);
    }
  }

  @Test
  void theProxyOfMemcachedIsRecognised(@TempDir Path folder) throws IOException {
    Path config = Files.writeString(folder.resolve("proxy.lua"), """
        function mcp_config_pools(old)
          return mcp.pool({mcp.backend('b1', '127.0.0.1', 1)})
        end
        function mcp_config_routes(pool)
          mcp.attach(mcp.CMD_ANY_STORAGE, function(r) return pool(r) end)
        end
        """);
    folder.toFile().setReadable(true, false);
    folder.toFile().setExecutable(true, false);
    try (MemcachedServer proxy =
            MemcachedServer.start(Release.NEWER, "-o", "proxy_config=" + config);
        MemcachedStore store = MemcachedStore.open(MemcachedSettings.parse(proxy.address()))) {
      for (Runnable call : List.<Runnable>of(
          () -> store.keyspace().stats(proxy.address()),
          () -> store.keyspace().walk(proxy.address(), key -> {}))) {
        StoreUnavailable failure = assertThrows(StoreUnavailable.class, call::run);
        assertEquals(
            "it is memcached's proxy, which keeps no items: name the servers behind it instead",
            failure.reason());
        assertTrue(failure.isRefusal());
      }
    }
  }

  @Test
  void twemproxyIsRecognised(@TempDir Path folder) throws IOException {
    int port;
    int statsPort;
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = one.getLocalPort();
      statsPort = other.getLocalPort();
    }
    try (MemcachedServer behind = MemcachedServer.start()) {
      Path config = Files.writeString(
          folder.resolve("nutcracker.yml"), """
          pool:
            listen: 127.0.0.1:%d
            hash: fnv1a_64
            distribution: ketama
            servers:
             - %s:1
          """.formatted(port, behind.address()));
      Process proxy = new ProcessBuilder(
              "/usr/sbin/nutcracker",
              "--conf-file=" + config,
              "--stats-addr=127.0.0.1",
              "--stats-port=" + statsPort)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      try {
        MemcachedServer.await(() -> isListening(port));
        assertRefused("127.0.0.1:" + port, ForeignServer.TWEMPROXY);
      } finally {
        ProcessEnd.await(proxy.destroyForcibly());
      }
    }
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
