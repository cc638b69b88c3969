package org.ocmcore.cache.junit;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.CacheBuilder;
import org.ocmcore.cache.domain.port.Store;

/**
 * Gives a test an empty cache of its own: parameters of the types {@link Cache}, {@link Store} and
 * {@link TestClock}, in its constructor, its {@code BeforeEach} and {@code AfterEach} methods and
 * the test method. They belong together: the cache is on the store, and the store's time is that of
 * the clock. They are closed after the test. Each invocation of a parameterized or repeated test is
 * a test; the tests of one factory share a cache. Tests may run at the same time.
 *
 * <p>Use {@link WithCache}, or {@code @ExtendWith}, or for a cache with a codec:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final CacheExtension CACHES =
 *     CacheExtension.create().building(builder -> builder.codec(JacksonCodec.create()));
 * }</pre>
 *
 * <p>The store is in memory unless {@link #on}, {@link WithCache} or the configuration of the run
 * asks for memcached; see {@link TestStore}. Each test then gets a process of its own, on a free
 * port of the loopback address, which ends with the test, or with this JVM if that ends first. The
 * program is {@code memcached} on the {@code PATH}, or the one that the configuration parameter
 * {@code cache.test.memcached} or else the environment variable {@code CACHE_TEST_MEMCACHED} names.
 * If it cannot be started, the test fails.
 *
 * <p>Objects are immutable: each method returns a new one.
 */
public final class CacheExtension implements ParameterResolver {
  /** The time at which clocks start, unless another is given. */
  public static final Instant DEFAULT_START = Instant.parse("2030-01-01T00:00:00Z");

  private static final Namespace NAMESPACE = Namespace.create(CacheExtension.class);
  private static final Set<Class<?>> TYPES = Set.of(Cache.class, Store.class, TestClock.class);

  private final TestStore store;
  private final Instant start;
  private final UnaryOperator<CacheBuilder> building;

  /** For {@code @ExtendWith}; the same as {@link #create}. */
  public CacheExtension() {
    this(TestStore.CONFIGURED, DEFAULT_START, UnaryOperator.identity());
  }

  private CacheExtension(TestStore store, Instant start, UnaryOperator<CacheBuilder> building) {
    this.store = Objects.requireNonNull(store, "store");
    this.start = Objects.requireNonNull(start, "start");
    this.building = Objects.requireNonNull(building, "building");
  }

  /** An extension on the configured store, whose caches have no codec. */
  public static CacheExtension create() {
    return new CacheExtension();
  }

  /** Uses this store, whatever is configured. */
  public CacheExtension on(TestStore chosen) {
    return new CacheExtension(chosen, start, building);
  }

  /** Starts the clock of each test at this time, not at {@link #DEFAULT_START}. */
  public CacheExtension startingAt(Instant time) {
    return new CacheExtension(store, time, building);
  }

  /** Builds each cache with these options, such as a codec. */
  public CacheExtension building(UnaryOperator<CacheBuilder> options) {
    return new CacheExtension(store, start, options);
  }

  /** Constructors get the cache of the test, not one of the class. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return TYPES.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(type.getSimpleName() + " belongs to one test, but "
          + parameter.getDeclaringExecutable().getName() + " runs once for all tests of "
          + context.getDisplayName()
          + ". Move the parameter to a test method or to a @BeforeEach method");
    }
    CacheOfTest test = context
        .getStore(NAMESPACE)
        .computeIfAbsent(CacheOfTest.class, key -> open(context), CacheOfTest.class);
    if (type == Cache.class) {
      return test.cache();
    }
    return type == Store.class ? test.store() : clock(test);
  }

  private static TestClock clock(CacheOfTest test) {
    return test.clock()
        .orElseThrow(() -> new ParameterResolutionException(
            "The clock of a memcached server cannot be moved. Remove the parameter of type"
                + " TestClock, or choose the store in memory with @WithCache(TestStore.MEMORY)"
                + " or CacheExtension.create().on(TestStore.MEMORY)"));
  }

  private CacheOfTest open(ExtensionContext context) {
    TestSettings settings = TestSettings.of(context::getConfigurationParameter, System.getenv());
    TestStore chosen = store == TestStore.CONFIGURED ? annotated(context) : store;
    return switch (chosen == TestStore.CONFIGURED ? settings.store() : chosen) {
      case MEMCACHED -> CacheOfTest.onMemcached(settings.program(), building);
      case MEMORY, CONFIGURED -> CacheOfTest.inMemory(start, building);
    };
  }

  private static TestStore annotated(ExtensionContext context) {
    Optional<WithCache> ofMethod =
        AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), WithCache.class);
    return ofMethod
        .or(() -> AnnotationSupport.findAnnotation(
            context.getRequiredTestClass(), WithCache.class, context.getEnclosingTestClasses()))
        .map(WithCache::value)
        .orElse(TestStore.CONFIGURED);
  }
}
