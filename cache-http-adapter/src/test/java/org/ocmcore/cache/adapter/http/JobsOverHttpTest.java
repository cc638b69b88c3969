package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.CacheReader;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.dump.DumpJobs;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobKind;
import org.ocmcore.cache.domain.job.Jobs;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.job.Task;
import org.ocmcore.cache.domain.testing.Bench;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Jobs as clients see them, with dumps that are held in the middle. */
class JobsOverHttpTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long PATIENCE = 30;
  private static final long PAUSE_NANOS = 20_000_000;

  private final Bench bench = new Bench();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Jobs jobs = new Jobs(threads, bench.clock, bench.ended);
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpApi api = api(Environment.DEVELOPMENT);

  private HttpApi api(Environment environment) {
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

  private record Reply(int status, HttpResponse<String> response, JsonNode json) {
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

  private Reply send(String method, String path) {
    return send(method, path, "", api);
  }

  private Reply send(String method, String path, String body, HttpApi to) {
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

  private static URI uri(String path, HttpApi to) {
    String whole = path.startsWith(HttpApi.BASE) ? path : HttpApi.BASE + path;
    return URI.create("http://127.0.0.1:" + to.port() + whole);
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) {
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
  private void holdAt(String operation) {
    bench.storeMany("k", 2_500);
    bench.before(operation, this::hold);
  }

  private void hold() {
    reached.countDown();
    await(released);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(PATIENCE, TimeUnit.SECONDS), "waited in vain");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The path of a dump that is held. */
  private String heldDump() {
    holdAt("bulk read");
    String path = send("POST", "/?async=true").expect(202).header("location");
    await(reached);
    return path;
  }

  private Reply awaitEnd(String path) {
    List<String> lines = lines(path + "events");
    assertTrue(lines.size() > 3, lines::toString);
    return send("GET", path).expect(200);
  }

  private List<String> lines(String path) {
    return exchange(HttpRequest.newBuilder(uri(path, api)).build(), BodyHandlers.ofLines())
        .body()
        .toList();
  }

  @Test
  void anAsynchronousDumpAnswersAtOnce() {
    holdAt("bulk read");
    Reply begun = send("POST", "?async=true").expect(202);
    String path = begun.header("location");
    assertEquals(HttpApi.BASE + "/jobs/" + begun.text("/id") + "/", path);
    assertEquals("dump", begun.text("/kind"));
    assertTrue(List.of("queued", "running").contains(begun.text("/state")));
    await(reached);
    Reply running = send("GET", path).expect(200);
    assertEquals("running", running.text("/state"));
    assertFalse(running.at("/cancel_requested").booleanValue());
    assertEquals(2_500, running.at("/progress/expected").longValue());
    assertEquals(0, running.at("/progress/done").longValue());
    assertTrue(running.at("/progress/eta_seconds").isNull());
    assertTrue(running.at("/result").isNull());
    assertTrue(running.at("/error").isNull());
    assertTrue(running.at("/finished_at").isNull());

    released.countDown();
    Reply done = awaitEnd(path);
    assertEquals("done", done.text("/state"));
    assertEquals(2_500, done.at("/progress/done").longValue());
    assertTrue(done.at("/progress/bytes").longValue() > 2_500);
    assertEquals("2026-01-02T12:00:00Z", done.text("/finished_at"));
    bench.dumps.delete("dump");
    bench.dumps.countFrom(0);
    Reply sync = send("POST", "/").expect(200);
    assertEquals(sync.json(), done.at("/result"));
  }

  @Test
  void anAsynchronousRestoreAnswersAtOnce() {
    bench.storeMany("k", 10);
    send("POST", "/").expect(200);
    String body = "{\"mode\": \"replace\", \"pattern\": \"^k[1-3]\", \"dry_run\": true}";
    String path = send("POST", "/restore/?async=true", body, api).expect(202).header("location");
    Reply done = awaitEnd(path);
    assertEquals("restore", done.text("/kind"));
    assertEquals(3, done.at("/result/restored").longValue());
    assertEquals(send("POST", "/restore/", body, api).expect(200).json(), done.at("/result"));
  }

  @Test
  void aSecondOneIs409AndNamesTheFirst() {
    bench.storeMany("old", 1);
    send("POST", "/").expect(200);
    String path = heldDump();
    for (String request : List.of("/", "/?async=true", "/restore/", "/restore/?async=true")) {
      Reply refused = send("POST", request).expectProblem(409, "operation-running");
      assertEquals(path, HttpApi.BASE + "/jobs/" + refused.text("/job") + "/");
      assertTrue(refused.text("/detail").contains(refused.text("/job")));
    }
    released.countDown();
    awaitEnd(path);
    send("POST", "/").expect(200);
  }

  @Test
  void aSynchronousJobCanBeCancelled() {
    holdAt("bulk read");
    CompletableFuture<Reply> waiting = CompletableFuture.supplyAsync(() -> send("POST", "/"));
    await(reached);
    Reply list = send("GET", "/jobs/").expect(200);
    assertEquals("running", list.text("/jobs/0/state"));
    send("DELETE", "/jobs/" + list.text("/jobs/0/id") + "/").expect(202);
    released.countDown();
    waiting.join().expectProblem(409, "cancelled");
    assertEquals(List.of(), bench.dumps.names());
  }

  @Test
  void aJobIsCancelledOnceItsWorkEnds() {
    String path = heldDump();
    Reply first = send("DELETE", path).expect(202);
    assertEquals("running", first.text("/state"));
    assertTrue(first.at("/cancel_requested").booleanValue());
    send("DELETE", path).expect(202);
    released.countDown();
    Reply over = awaitEnd(path);
    assertEquals("cancelled", over.text("/state"));
    assertEquals("urn:cache-app:problem:cancelled", over.text("/error/type"));
    assertEquals(path, over.text("/error/instance"));
    assertEquals(List.of(), bench.dumps.names());
    Reply again = send("DELETE", path).expect(200);
    assertEquals("cancelled", again.text("/state"));
    assertEquals(over.json(), send("GET", path).json());
  }

  @Test
  void jobsAreListedNewestFirst() {
    assertEquals("[]", send("GET", "/jobs").expect(200).at("/jobs").toString());
    send("POST", "/").expect(200);
    send("POST", "/restore/").expect(200);
    JsonNode list = send("GET", "/jobs/").expect(200).at("/jobs");
    assertEquals(2, list.size());
    assertEquals("restore", list.at("/0/kind").stringValue());
    assertEquals("dump", list.at("/1/kind").stringValue());
    assertEquals(
        list.get(1), send("GET", "/jobs/" + list.at("/1/id").stringValue()).json());
  }

  @Test
  void aFailedJobHasTheProblemOfItsRequest() {
    bench.dumps.failCommits();
    Reply failed = awaitEnd(send("POST", "/?async=true").expect(202).header("location"));
    assertEquals("failed", failed.text("/state"));
    assertEquals("urn:cache-app:problem:dump-failed", failed.text("/error/type"));
    assertEquals(500, failed.at("/error/status").intValue());
    assertEquals("no space left on device", failed.text("/error/detail"));
  }

  @Test
  void anInternalErrorOfAJobHasItsLogId() {
    bench.dumps.failCommits(new IllegalStateException("secret"));
    Reply failed = awaitEnd(send("POST", "/?async=true").expect(202).header("location"));
    assertEquals("urn:cache-app:problem:internal-error", failed.text("/error/type"));
    assertEquals(failed.text("/id"), failed.text("/error/id"));
    assertFalse(failed.json().toString().contains("secret"));
  }

  @Test
  void invalidRequestsStartNoJob() {
    bench.dumper.dump(Progress.UNWATCHED);
    send("POST", "/?async=maybe").expectProblem(400, "invalid-parameter");
    send("POST", "/restore/?async=1").expectProblem(400, "invalid-parameter");
    for (String body : List.of("{\"mode\": \"merge\"}", "{\"name\": 5}", "{\"dry_run\": 1}")) {
      send("POST", "/restore/?async=true", body, api).expectProblem(400, "invalid-parameter");
    }
    send("POST", "/restore/?async=true", "{\"pattern\": \"(\"}", api)
        .expectProblem(400, "invalid-pattern");
    send("POST", "/restore/?async=true", "{\"name\": \"../secret\"}", api)
        .expectProblem(404, "dump-not-found");
    assertEquals(List.of(), jobs.recent());
  }

  @Test
  void diffsAreRejectedOnceTheQueueIsFull() {
    bench.dumper.dump(Progress.UNWATCHED);
    for (int i = 0; i < JobKind.AT_ONCE; i++) {
      jobs.start(JobKind.of("diff"), progress -> {
        hold();
        return null;
      });
    }
    String diff = "/dumps/" + bench.dumps.currentName() + "/diff/";
    for (int i = 0; i < JobKind.WAITING; i++) {
      assertEquals("queued", send("POST", diff + "?async=true").expect(202).text("/state"));
    }
    for (Reply refused : List.of(send("POST", diff + "?async=true"), send("GET", diff))) {
      refused.expectProblem(503, "too-busy");
      assertEquals("1", refused.header("retry-after"));
    }
    send("GET", diff + "?async=true").expectProblem(400, "invalid-parameter");
    released.countDown();
    while (jobs.recent().stream().anyMatch(job -> !job.snapshot().state().isFinal())) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    send("GET", diff).expect(200);
  }

  @Test
  void aDiffMayBeAJobInProduction() {
    bench.dumper.dump(Progress.UNWATCHED);
    HttpApi production = api(Environment.PRODUCTION);
    try {
      String diff = "/dumps/" + bench.dumps.currentName() + "/diff/?async=true";
      send("POST", diff, "", production).expect(202);
    } finally {
      production.close();
    }
  }

  @Test
  void jobsAreReadOnlyInProduction() {
    HttpApi production = api(Environment.PRODUCTION);
    try {
      Job job = jobs.start(JobKind.of("work"), progress -> {
        hold();
        return null;
      });
      await(reached);
      for (String request : List.of("POST /?async=true", "POST /restore/?async=true")) {
        String[] parts = request.split(" ");
        send(parts[0], parts[1], "", production).expectProblem(403, "management-forbidden");
      }
      send("DELETE", "/jobs/" + job.id() + "/", "", production)
          .expectProblem(403, "management-forbidden");
      assertFalse(job.snapshot().cancelRequested());
      assertEquals(
          "running",
          send("GET", "/jobs/" + job.id() + "/", "", production).expect(200).text("/state"));
      assertEquals(1, jobs.recent().size());
    } finally {
      production.close();
    }
  }

  @Test
  void aJobThatIsNotKnownIs404() {
    for (String path : List.of("/jobs/nothing/", "/jobs/nothing/events", "/jobs/%20")) {
      send("GET", path).expectProblem(404, "job-not-found");
    }
    send("DELETE", "/jobs/nothing/").expectProblem(404, "job-not-found");
    send("POST", "/jobs/nothing/").expectProblem(405, "method-not-allowed");
    send("POST", "/jobs/nothing/events/").expectProblem(405, "method-not-allowed");
  }

  @Test
  void eventsFollowAJobToItsEnd() throws IOException {
    String path = heldDump();
    try (Follower follower = new Follower(path + "events")) {
      assertEquals("HTTP/1.1 200 OK", follower.readLine());
      String headers = follower.headers();
      assertTrue(headers.contains("content-type: text/event-stream\n"), headers);
      assertTrue(headers.contains("cache-control: no-store\n"), headers);
      JsonNode first = follower.event("progress");
      assertEquals("running", first.get("state").stringValue());
      assertEquals(path, HttpApi.BASE + "/jobs/" + first.get("id").stringValue() + "/");
      released.countDown();
      List<String> rest = follower.rest();
      int last = rest.lastIndexOf("event: done");
      assertTrue(last >= 0, rest::toString);
      JsonNode told = JSON.readTree(rest.get(last + 1).substring("data: ".length()));
      assertEquals(send("GET", path).json(), told);
      assertEquals(2_500, told.at("/result/entries").longValue());
    }
  }

  @Test
  void eventsOfAFinishedJobEndAtOnce() {
    send("POST", "/").expect(200);
    String path = "/jobs/" + jobs.recent().get(0).id() + "/events";
    List<String> lines = lines(path);
    assertEquals("event: progress", lines.get(0));
    assertEquals("event: done", lines.get(3));
    assertEquals(lines.get(1), lines.get(4));
    assertEquals(lines, lines(path + "/"));
    Reply head = send("HEAD", path).expect(200);
    assertEquals("text/event-stream", head.header("content-type"));
  }

  @Test
  void manyClientsFollowJobsOnOneThread() throws IOException {
    String path = heldDump() + "events";
    int threadsBefore = Thread.activeCount();
    List<Follower> followers = new ArrayList<>();
    try {
      for (int i = 0; i < EventStreams.MAX; i++) {
        Follower follower = new Follower(path);
        followers.add(follower);
        assertEquals("HTTP/1.1 200 OK", follower.readLine());
      }
      assertTrue(Thread.activeCount() < threadsBefore + EventStreams.MAX / 2);
      Reply refused = send("GET", path).expectProblem(503, "too-many-streams");
      assertEquals("1", refused.header("retry-after"));
      send("GET", "/keys/").expect(200);
    } finally {
      for (Follower follower : followers) {
        follower.close();
      }
    }
    awaitRoom(path);
  }

  private void awaitRoom(String path) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (System.nanoTime() < end) {
      try (Follower follower = new Follower(path)) {
        if (follower.readLine().equals("HTTP/1.1 200 OK")) {
          return;
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new AssertionError("those that went away still take all the room");
  }

  @Test
  void aStalledClientDelaysNobody() throws IOException {
    // More than sockets hold, so that it cannot be sent at once.
    String reason = "x".repeat(16 * 1024 * 1024);
    Task<Void> work = progress -> {
      throw new DumpFailed(reason);
    };
    assertThrows(DumpFailed.class, () -> jobs.run(JobKind.of("work"), work));
    String path = "/jobs/" + jobs.recent().get(0).id() + "/events";
    try (Follower slow = new Follower(path)) {
      assertEquals("HTTP/1.1 200 OK", slow.readLine());
      List<String> others = lines(path);
      assertEquals(6, others.size());
      assertEquals("event: failed", others.get(3));
      assertTrue(others.get(4).contains(reason));
      api.close();
    }
  }

  @Test
  void stoppingTheServiceEndsStreams() throws IOException {
    String path = heldDump();
    try (Follower follower = new Follower(path + "events")) {
      follower.readLine();
      follower.headers();
      follower.event("progress");
      api.close();
      assertFalse(follower.rest().contains("event: done"));
    }
  }

  /** Reads events line by line, in chunks as HTTP sends them. */
  private final class Follower implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Follower(String path) throws IOException {
      socket = new Socket("127.0.0.1", api.port());
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE));
      socket
          .getOutputStream()
          .write("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
              .formatted(uri(path, api).getPath())
              .getBytes(StandardCharsets.US_ASCII));
      in = new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    String readLine() throws IOException {
      return in.readLine();
    }

    String headers() throws IOException {
      StringBuilder headers = new StringBuilder();
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        headers.append(line.toLowerCase()).append('\n');
      }
      return headers.toString();
    }

    /** The data of the next event, which has this name; sizes of chunks are skipped. */
    JsonNode event(String name) throws IOException {
      String line = in.readLine();
      while (!line.startsWith("event: ")) {
        line = in.readLine();
      }
      assertEquals("event: " + name, line);
      return JSON.readTree(in.readLine().substring("data: ".length()));
    }

    /** All that comes until the chunk of nothing, without which an answer was cut off. */
    List<String> rest() throws IOException {
      List<String> lines = new ArrayList<>();
      for (String line = in.readLine(); !"0".equals(line); line = in.readLine()) {
        assertNotNull(line, "it is cut off");
        lines.add(line);
      }
      return lines;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
