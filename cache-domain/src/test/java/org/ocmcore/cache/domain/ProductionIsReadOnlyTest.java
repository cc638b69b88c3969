package org.ocmcore.cache.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.access.ManagementPolicy;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.access.Role;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.BulkJobs;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.bulk.BulkWorker;
import org.ocmcore.cache.domain.dump.DumpComparer;
import org.ocmcore.cache.domain.dump.DumpEvents;
import org.ocmcore.cache.domain.dump.DumpInspector;
import org.ocmcore.cache.domain.dump.DumpJobs;
import org.ocmcore.cache.domain.dump.Dumper;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.error.AuditUnavailable;
import org.ocmcore.cache.domain.error.ManagementForbidden;
import org.ocmcore.cache.domain.error.RoleRequired;
import org.ocmcore.cache.domain.job.JobEvents;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.named.KeyRouter;
import org.ocmcore.cache.domain.named.StoreRequest;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.port.AuditEntry.Outcome;
import org.ocmcore.cache.domain.port.BulkPort;
import org.ocmcore.cache.domain.port.CachePort;
import org.ocmcore.cache.domain.port.DumpPort;
import org.ocmcore.cache.domain.port.KeyspacePort;
import org.ocmcore.cache.domain.port.Pause;
import org.ocmcore.cache.domain.port.Precondition;
import org.ocmcore.cache.domain.port.Scheduler;
import org.ocmcore.cache.domain.port.Store;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.restore.Restorer;
import org.ocmcore.cache.domain.schedule.AutoDump;
import org.ocmcore.cache.domain.testing.Bench;
import org.ocmcore.cache.domain.testing.RecordedAudit;
import org.ocmcore.cache.domain.tracking.KeyTracker;
import org.ocmcore.cache.domain.tracking.TrackingEvents;
import org.ocmcore.cache.domain.tracking.TrackingPolicy;

/** Goes over the methods that there are, so that a new one cannot be forgotten. */
class ProductionIsReadOnlyTest {
  private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(
      Map.entry(Environment.class, Environment.PRODUCTION),
      Map.entry(CacheKey.class, CacheKey.of("k")),
      Map.entry(boolean.class, true),
      Map.entry(Operation.class, Operation.MANAGE),
      Map.entry(
          StoreRequest.class,
          new StoreRequest(
              CacheKey.of("k"), CacheValue.ofText("v"), false, Optional.of(Lifetime.FOREVER))),
      Map.entry(LongConsumer.class, (LongConsumer) bytes -> {}),
      Map.entry(Precondition.class, Precondition.PRESENT),
      Map.entry(Lifetime.class, Lifetime.FOREVER),
      Map.entry(KeyPattern.class, KeyPattern.of(".")),
      Map.entry(OptionalLong.class, OptionalLong.empty()),
      Map.entry(Optional.class, Optional.empty()),
      Map.entry(AppName.class, AppName.GLOBAL),
      Map.entry(String.class, "id"),
      Map.entry(Duration.class, Duration.ofSeconds(5)),
      Map.entry(RestoreRequest.class, RestoreRequest.MISSING),
      Map.entry(BulkRequest.class, new BulkRequest(BulkChange.DELETE, KeyFilter.ALL)),
      Map.entry(BulkChange.class, BulkChange.DELETE),
      Map.entry(List.class, List.of(CacheKey.of("key"))));

  private static final Caller READER = new Caller("r", Role.READER, AppScope.ALL, "");

  /** The methods that only say what is allowed. */
  private static final Set<String> ASKING = Set.of("as", "operations");

  /** The methods that only end work. */
  private static final Set<String> ENDING = Set.of("cancel", "requireCancelAllowed");

  private final RecordedAudit audit = new RecordedAudit();
  private final AutoDump autoDump;
  private final CacheAdmin production;
  private final CacheAdmin development;

  ProductionIsReadOnlyTest() {
    CachePort cache = untouchable(CachePort.class);
    DumpPort dumps = untouchable(DumpPort.class);
    Clock clock = Clock.systemUTC();
    KeyspacePort keyspace = untouchable(KeyspacePort.class);
    Store store = Store.of(cache, keyspace, untouchable(BulkPort.class), clock);
    KeyTracker tracker = new KeyTracker(
        keyspace,
        cache,
        Runnable::run,
        untouchable(Scheduler.class),
        clock,
        TrackingPolicy.DEFAULT,
        untouchable(TrackingEvents.class));
    Jobs jobs = new Jobs(untouchable(Executor.class), clock, untouchable(JobEvents.class));
    DumpJobs dumpJobs = new DumpJobs(
        jobs,
        new Dumper(
            store,
            dumps,
            Bench.POLICY,
            untouchable(DumpEvents.class),
            untouchable(Executor.class),
            untouchable(Pause.class),
            clock,
            ""),
        new Restorer(store, dumps, AppRule.DEFAULT, untouchable(Executor.class), clock),
        dumps,
        new DumpInspector(
            dumps, new DumpComparer(store, tracker, AppRule.DEFAULT, clock), AppRule.DEFAULT));
    autoDump = new AutoDump(
        dumpJobs,
        Bench.POLICY,
        keyspace,
        Optional.empty(),
        untouchable(DumpEvents.class),
        untouchable(Scheduler.class),
        clock);
    BulkJobs bulk = new BulkJobs(
        jobs,
        new BulkWorker(
            store,
            tracker,
            AppRule.DEFAULT,
            untouchable(Executor.class),
            untouchable(Pause.class),
            clock),
        clock);
    production = admin(Environment.PRODUCTION, store, tracker, bulk, dumpJobs, jobs);
    development = admin(Environment.DEVELOPMENT, store, tracker, bulk, dumpJobs, jobs);
  }

  private CacheAdmin admin(
      Environment environment,
      Store store,
      KeyTracker tracker,
      BulkJobs bulk,
      DumpJobs dumpJobs,
      Jobs jobs) {
    return new CacheAdmin(
        ManagementPolicy.of(environment),
        store.cache(),
        new KeyRouter(store, tracker, untouchable(Executor.class)),
        AppRule.DEFAULT,
        bulk,
        dumpJobs,
        autoDump,
        jobs,
        audit,
        Clock.systemUTC());
  }

  private static <T> T untouchable(Class<T> port) {
    return port.cast(Proxy.newProxyInstance(
        port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
          if (method.getName().equals("servers")) {
            // Their names are known from the configuration.
            return List.of("a:1");
          }
          if (method.getName().equals("isInProcess")) {
            // So is this.
            return false;
          }
          throw new AssertionError(port.getSimpleName() + "." + method.getName() + " is called");
        }));
  }

  static List<Method> methods() {
    return Arrays.stream(CacheAdmin.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> !ASKING.contains(method.getName()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodIsForbiddenAndTouchesNothing(Method method) {
    assertRefused(ManagementForbidden.class, production, method);
    assertRefused(ManagementForbidden.class, production.as(READER, Requester.PATIENT), method);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodNeedsAnOperator(Method method) {
    assertRefused(RoleRequired.class, development.as(READER, Requester.PATIENT), method);
  }

  /** Cancelling only ends work, so it is possible without the log. */
  @ParameterizedTest
  @MethodSource("methods")
  void nothingChangesWhileTheAuditLogCannotBeWritten(Method method) {
    if (!ENDING.contains(method.getName())) {
      audit.isWritable = false;
      assertRefused(AuditUnavailable.class, development, method);
    }
  }

  private void assertRefused(Class<?> failure, CacheAdmin admin, Method method) {
    audit.entries.clear();
    AutoDump.State before = autoDump.state();
    Object[] arguments = Arrays.stream(method.getParameterTypes())
        .map(ProductionIsReadOnlyTest::sample)
        .toArray();
    InvocationTargetException thrown =
        assertThrows(InvocationTargetException.class, () -> method.invoke(admin, arguments));
    assertEquals(failure, thrown.getCause().getClass());
    assertEquals(before, autoDump.state());
    assertEquals(1, audit.entries.size(), "each refusal is an entry");
    assertEquals(Outcome.REFUSED, audit.entries.get(0).outcome());
    assertEquals(failure.getSimpleName(), audit.entries.get(0).failure());
  }

  private static Object sample(Class<?> type) {
    return Optional.ofNullable(SAMPLES.get(type))
        .orElseThrow(() -> new AssertionError("say how to make a " + type));
  }

  @Test
  void thereAreMethodsToGoOver() {
    assertFalse(methods().isEmpty());
  }
}
