package org.ocmcore.cache.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.Store;

/** The extension with stores in memory. */
final class CacheExtensionTest {
  private static final Map<String, String> DEFAULTS = Map.of();
  private static final Duration HOUR = Duration.ofHours(1);

  /** Fails unless the cache is empty, and leaves something in it. */
  private static void use(Cache cache) {
    assertTrue(cache.add("k", "a", HOUR));
  }

  private static void assertAllSucceed(int count, Class<?>... classes) {
    TestRun.of(DEFAULTS, classes)
        .testEvents()
        .assertStatistics(events -> events.started(count).succeeded(count));
  }

  @WithCache
  static final class Annotated {
    private final Cache cache;
    private final TestClock clock;

    Annotated(Cache cache, TestClock clock) {
      this.cache = cache;
      this.clock = clock;
      use(cache);
    }

    @BeforeEach
    void theCacheOfTheConstructorIsTheOfTheTest(Cache before) {
      assertSame(cache, before);
    }

    @AfterEach
    void theCacheIsStillOpen(Cache after) {
      assertSame(cache, after);
      after.set("after", "a", HOUR);
    }

    @Test
    void allParametersBelongTogether(Cache injected, Store store, TestClock injectedClock) {
      assertSame(cache, injected);
      assertSame(clock, injectedClock);
      assertSame(clock, store.clock());
      assertInstanceOf(MemoryStore.class, store);
      assertTrue(store.cache().get(CacheKey.of("k")).isPresent());
    }

    @Test
    void theClockMovesTheCache() {
      assertEquals(CacheExtension.DEFAULT_START, clock.instant());
      clock.advance(HOUR.minusSeconds(1));
      assertEquals(Optional.of("a"), cache.get("k", String.class));
      clock.advance(Duration.ofSeconds(1));
      assertEquals(Optional.empty(), cache.get("k", String.class));
    }

    @RepeatedTest(3)
    void repetitionsStartAnew(TestClock ofRepetition) {
      assertEquals(CacheExtension.DEFAULT_START, ofRepetition.instant());
      ofRepetition.advance(HOUR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void argumentsComeFirst(String argument, Cache ofInvocation) {
      assertTrue(ofInvocation.add(argument, "a", HOUR));
      assertEquals(
          Set.of("k", argument),
          ofInvocation.getAll(List.of("k", "a", "b"), String.class).keySet());
    }

    @Nested
    final class Inner {
      @Test
      void nestedTestsGetTheSame(Cache inner) {
        assertSame(cache, inner);
      }
    }
  }

  @Test
  void annotatedTestsGetAFreshCacheEach() {
    assertAllSucceed(8, Annotated.class);
  }

  static final class Registered {
    private static final AtomicInteger CALLS = new AtomicInteger();

    @RegisterExtension
    static final CacheExtension CACHES = CacheExtension.create()
        .startingAt(Instant.EPOCH.plusSeconds(1_000_000_000))
        .building(builder -> builder.executor(task -> {
          CALLS.incrementAndGet();
          task.run();
        }));

    @Test
    void optionsReachTheCache(Cache cache, TestClock clock) {
      use(cache);
      assertEquals(Instant.parse("2001-09-09T01:46:40Z"), clock.instant());
      assertEquals(Optional.of("a"), cache.async().get("k", String.class).join());
      assertEquals(1, CALLS.get());
    }
  }

  @ExtendWith(CacheExtension.class)
  static final class Extended {
    @Test
    void aStoreAloneIsGiven(Store store) {
      use(Cache.builder(store).build());
    }

    @TestFactory
    Stream<DynamicTest> testsOfAFactoryShareACache(Cache cache) {
      return Stream.of("a", "b")
          .map(key -> DynamicTest.dynamicTest(key, () -> assertTrue(cache.add(key, "a", HOUR))));
    }
  }

  @WithCache
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static final class OneInstance {
    private final List<Cache> seen = new ArrayList<>();

    @RepeatedTest(2)
    void eachTestHasItsOwn(Cache cache) {
      use(cache);
      seen.forEach(other -> assertNotSame(other, cache));
      seen.add(cache);
    }
  }

  @WithCache
  @ParameterizedClass
  @ValueSource(ints = {1, 2})
  static final class OfParameterizedClass {
    OfParameterizedClass(int argument, Cache cache) {
      use(cache);
    }

    @Test
    void first(Cache cache) {
      assertEquals(Optional.of("a"), cache.get("k", String.class));
    }

    @Test
    void second(Cache cache) {
      assertEquals(Optional.of("a"), cache.get("k", String.class));
    }
  }

  static final class AnnotatedMethod {
    @Test
    @WithCache(TestStore.MEMORY)
    void aMethodMayBeAnnotated(Cache cache, TestClock clock) {
      use(cache);
    }
  }

  @Test
  void allStylesWork() {
    assertAllSucceed(1, Registered.class);
    assertAllSucceed(3, Extended.class);
    assertAllSucceed(2, OneInstance.class);
    assertAllSucceed(4, OfParameterizedClass.class);
    assertAllSucceed(1, AnnotatedMethod.class);
  }

  @WithCache
  static final class AtTheSameTime {
    private static final CyclicBarrier ALL = new CyclicBarrier(4);
    private static final Set<Cache> SEEN = ConcurrentHashMap.newKeySet();

    @Test
    void use(Cache cache) throws Exception {
      ALL.await(20, TimeUnit.SECONDS);
      CacheExtensionTest.use(cache);
      SEEN.add(cache);
    }
  }

  /** On threads of its own: an engine may run fewer tests at once than it is allowed. */
  @Test
  void testsMayRunAtTheSameTime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Void> run = () -> {
        assertAllSucceed(1, AtTheSameTime.class);
        return null;
      };
      for (Future<Void> each : threads.invokeAll(List.of(run, run, run, run))) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(4, AtTheSameTime.SEEN.size());
  }

  @WithCache
  static final class BeforeAllTests {
    @BeforeAll
    static void prepare(Cache cache) {
      fail("there is no test yet");
    }

    @Test
    void test() {}
  }

  @WithCache
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static final class OneConstructor {
    OneConstructor(TestClock clock) {
      fail("there is no test yet");
    }

    @Test
    void test() {}
  }

  @Test
  void aCacheOutsideOfATestIsAnError() {
    String beforeAll = TestRun.failure(DEFAULTS, BeforeAllTests.class);
    assertTrue(beforeAll.contains("Cache belongs to one test, but prepare runs once"), beforeAll);
    assertTrue(beforeAll.contains("@BeforeEach"), beforeAll);
    String constructor = TestRun.failure(DEFAULTS, OneConstructor.class);
    assertTrue(constructor.contains("TestClock belongs to one test"), constructor);
  }

  @Test
  void anUnknownStoreFailsTheTests() {
    String failure = TestRun.failure(Map.of("cache.test.store", "redis"), AnnotatedByDefault.class);
    assertTrue(failure.contains("cache.test.store: \"redis\" is not a store"), failure);
  }

  @WithCache
  static final class AnnotatedByDefault {
    @Test
    void test(Cache cache) {
      use(cache);
    }
  }

  @Test
  void aMissingProgramFailsTheTests() {
    String failure = TestRun.failure(
        Map.of("cache.test.store", "memcached", "cache.test.memcached", "/no/such/memcached"),
        AnnotatedByDefault.class);
    assertTrue(failure.contains("\"/no/such/memcached\" cannot be started"), failure);
    assertTrue(failure.contains("apt-get install memcached"), failure);
    assertTrue(failure.contains("-Dcache.test.memcached=<path>"), failure);
  }
}
