package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.dump.DumpJobs;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.testing.Bench;
import tools.jackson.databind.JsonNode;
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
  final HttpClient http = HttpClient.newHttpClient();
  final HttpApi api = api(Environment.DEVELOPMENT);

  HttpApi api(Environment environment) {
    DumpJobs dumpJobs =
        new DumpJobs(jobs, bench.dumper, bench.restorer, bench.dumps, bench.inspector);
    HttpApi made = new HttpApi(
        new HttpSettings("127.0.0.1", 0),
        new ServiceInfo("memory", environment.toString(), "data/dump", Map.of()),
        new CacheReader(
            bench.cache,
            bench.cache,
            bench.tracker,
            bench.inspector,
            dumpJobs,
            bench.autoDump,
            jobs,
            threads,
            bench.clock),
        new CacheAdmin(environment, bench.cache, bench.bulk, dumpJobs, bench.autoDump, jobs),
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

  record Reply(int status, HttpResponse<String> response, JsonNode json) {
    Reply expect(int expected) {
      assertEquals(expected, status, response::body);
      return this;
    }

    Reply expectProblem(int expected, String type) {
      expect(expected);
      assertEquals("urn:cache-app:problem:" + type, text("/type"));
      return this;
    }

    /** @param pointer as RFC 6901 has it */
    JsonNode at(String pointer) {
      JsonNode node = json.at(pointer);
      assertFalse(node.isMissingNode(), () -> pointer + " is not in " + json);
      return node;
    }

    String text(String pointer) {
      return at(pointer).stringValue();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  Reply send(String method, String path) {
    return send(method, path, "", api);
  }

  Reply send(String method, String path, String body, HttpApi to) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path, to))
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("content-type", "application/json");
    }
    HttpResponse<String> response = exchange(request.build(), BodyHandlers.ofString());
    return new Reply(
        response.statusCode(),
        response,
        response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body()));
  }

  static URI uri(String path, HttpApi to) {
    String whole = path.startsWith(HttpApi.BASE) ? path : HttpApi.BASE + path;
    return URI.create("http://127.0.0.1:" + to.port() + whole);
  }

  <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
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
    List<String> lines = lines(path + "events");
    assertTrue(lines.size() > 3, lines::toString);
    return send("GET", path).expect(200);
  }

  List<String> lines(String path) {
    return exchange(HttpRequest.newBuilder(uri(path, api)).build(), BodyHandlers.ofLines())
        .body()
        .toList();
  }
}
