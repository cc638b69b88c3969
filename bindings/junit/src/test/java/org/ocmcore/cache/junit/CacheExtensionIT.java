package org.ocmcore.cache.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.port.Store;

/** The extension with real servers. */
final class CacheExtensionIT {
  private static final Map<String, String> DEFAULTS = Map.of();
  private static final Map<String, String> MEMCACHED = Map.of("cache.test.store", "memcached");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();

  /** Fails unless the cache is an empty one on memcached, and leaves something in it. */
  private static void use(Cache cache, Store store) {
    assertInstanceOf(MemcachedStore.class, store);
    assertTrue(cache.add("k", "a", HOUR));
    assertEquals(Optional.of("a"), cache.get("k", String.class));
    String server = store.keyspace().servers().get(0).toString();
    PORTS.add(Integer.parseInt(server.substring(server.lastIndexOf(':') + 1)));
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 20_000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  @WithCache(TestStore.MEMCACHED)
  static final class Annotated {
    @RepeatedTest(3)
    void eachTestStartsEmpty(Cache cache, Store store) {
      use(cache, store);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void eachInvocationStartsEmpty(int argument, Cache cache, Store store) {
      use(cache, store);
    }

    @Nested
    final class Inner {
      @Test
      void nestedTestsHaveTheSameStore(Cache cache, Store store) {
        use(cache, store);
      }

      @Test
      @WithCache(TestStore.MEMORY)
      void theClosestAnnotationWins(Store store, TestClock clock) {
        assertInstanceOf(MemoryStore.class, store);
      }
    }
  }

  @Test
  void annotatedTestsRunOnMemcached() {
    TestRun.of(DEFAULTS, Annotated.class)
        .testEvents()
        .assertStatistics(events -> events.succeeded(7).failed(0));
    assertFalse(PORTS.isEmpty());
    for (int port : PORTS) {
      assertFalse(accepts(port), "port " + port);
    }
  }

  static final class Registered {
    @RegisterExtension
    static final CacheExtension CACHES = CacheExtension.create().on(TestStore.MEMCACHED);

    @Test
    void test(Cache cache, Store store) {
      use(cache, store);
    }
  }

  @WithCache
  static final class Configured {
    @Test
    void test(Cache cache, Store store) {
      use(cache, store);
    }
  }

  @Test
  void codeOrConfigurationChoosesMemcached() {
    TestRun.of(DEFAULTS, Registered.class).testEvents().assertStatistics(e -> e.succeeded(1));
    TestRun.of(MEMCACHED, Configured.class).testEvents().assertStatistics(e -> e.succeeded(1));
    TestRun.of(DEFAULTS, Configured.class).testEvents().assertStatistics(e -> e.failed(1));
  }

  @WithCache
  static final class NeedsClock {
    @Test
    void test(TestClock clock) {
      clock.advance(HOUR);
    }
  }

  @Test
  void theClockOfMemcachedCannotBeMoved() {
    String failure = TestRun.failure(MEMCACHED, NeedsClock.class);
    assertTrue(failure.contains("clock of a memcached server cannot be moved"), failure);
    assertTrue(failure.contains("@WithCache(TestStore.MEMORY)"), failure);
  }

  @Test
  void aProgramThatEndsIsExplained() {
    String failure = assertThrows(
            ExtensionConfigurationException.class, () -> MemcachedProcess.start("echo"))
        .getMessage();
    assertTrue(failure.startsWith("echo ended with status 0: -l 127.0.0.1"), failure);
    assertTrue(failure.contains("-Dcache.test.memcached=<path>"), failure);
  }

  @Test
  void closingTwiceDoesNothing() {
    MemcachedProcess server = MemcachedProcess.start("memcached");
    server.close();
    server.close();
  }

  /** Starts a server and waits for ever; the program of a JVM that is killed. */
  static final class Starter {
    private Starter() {}

    /** Prints the address. */
    public static void main(String[] arguments) throws IOException {
      System.out.println(MemcachedProcess.start("memcached").address());
      System.in.read();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theServerEndsWithTheJvm(boolean killed) throws IOException, InterruptedException {
    Process jvm = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Starter.class.getName()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader printed = jvm.inputReader()) {
      String address = printed.readLine();
      int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
      assertTrue(accepts(port));
      if (killed) {
        jvm.destroyForcibly();
      } else {
        jvm.getOutputStream().close();
      }
      jvm.waitFor();
      MemcachedServer.await(() -> !accepts(port));
    } finally {
      jvm.destroyForcibly();
    }
  }
}
