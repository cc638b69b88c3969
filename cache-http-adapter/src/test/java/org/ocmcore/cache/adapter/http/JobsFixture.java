package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.access.Authenticator;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.access.HiddenValues;
import org.ocmcore.cache.domain.access.ManagementPolicy;
import org.ocmcore.cache.domain.dump.DumpJobs;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.testing.Bench;
import tools.jackson.databind.json.JsonMapper;

/** A service over HTTP whose dumps and restores a test can hold in the middle. */
abstract class JobsFixture {
  static final JsonMapper JSON = JsonMapper.builder().build();
  static final long PATIENCE = 30;
  static final long PAUSE_NANOS = 20_000_000;

  final Bench bench = new Bench();
  final ExecutorService threads = Executors.newCachedThreadPool();
  final Jobs jobs = new Jobs(threads, bench.clock, bench.ended);
  final CountDownLatch reached = new CountDownLatch(1);
  final CountDownLatch released = new CountDownLatch(1);
  final HttpApi api = api(Environment.DEVELOPMENT);
  final ApiClient client = new ApiClient(api.port());

  /** Runs while the fixture is made. */
  HttpSettings settings() {
    return new HttpSettings("127.0.0.1", 0);
  }

  /** Runs while the fixture is made. */
  Authenticator authenticator(Environment environment) {
    return Authenticator.ofAnybody(environment);
  }

  HttpApi api(Environment environment) {
    DumpJobs dumpJobs =
        new DumpJobs(jobs, bench.dumper, bench.restorer, bench.dumps, bench.inspector);
    HttpApi made = new HttpApi(
        settings(),
        new ServiceInfo("memory", environment.toString(), "data/dump", List.of()),
        authenticator(environment),
        new CallerUseCases(
            Caller.SERVICE,
            new CacheReader(
                bench.store,
                bench.tracker,
                bench.named,
                AppRule.DEFAULT,
                HiddenValues.NONE,
                bench.inspector,
                dumpJobs,
                bench.autoDump,
                jobs,
                threads,
                bench.audit),
            new CacheAdmin(
                ManagementPolicy.of(environment),
                bench.cache,
                bench.named,
                AppRule.DEFAULT,
                bench.bulk,
                dumpJobs,
                bench.autoDump,
                jobs,
                bench.audit,
                bench.clock)),
        bench.clock);
    try {
      made.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return made;
  }

  @AfterEach
  void stop() {
    released.countDown();
    api.close();
    threads.shutdownNow();
  }

  Reply send(String method, String path) {
    return client.send(method, path, null);
  }

  Reply send(String method, String path, String body, HttpApi to) {
    return new ApiClient(to.port()).send(method, path, body.isEmpty() ? null : body);
  }

  /** Keys for three batches, and a dump or restore waits in the first of them. */
  void holdAt(String operation) {
    bench.storeMany("k", 2_500);
    bench.before(operation, this::hold);
  }

  void hold() {
    reached.countDown();
    await(released);
  }

  static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(PATIENCE, TimeUnit.SECONDS), "waited in vain");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The path of a dump that is held. */
  String heldDump() {
    holdAt("bulk read");
    String path = send("POST", "/?async=true").expect(202).header("location");
    await(reached);
    return path;
  }

  Reply awaitEnd(String path) {
    List<String> lines = client.lines(path + "events");
    assertTrue(lines.size() > 3, lines::toString);
    return send("GET", path).expect(200);
  }
}
