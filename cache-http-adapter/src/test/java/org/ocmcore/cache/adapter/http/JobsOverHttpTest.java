package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.job.Job;
import org.ocmcore.cache.domain.job.JobKind;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.port.AuditEntry;
import tools.jackson.databind.JsonNode;

class JobsOverHttpTest extends JobsFixture {
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
  void aCancelledRestoreSaysWhatItHasDone() {
    bench.storeMany("k", 60_000);
    send("POST", "/").expect(200);
    bench.cache.clear();
    bench.store("k0", "live");
    bench.before("bulk store", this::hold);
    CompletableFuture<Reply> waiting =
        CompletableFuture.supplyAsync(() -> send("POST", "/restore/"));
    await(reached);
    String job = "/jobs/" + send("GET", "/jobs/").text("/jobs/0/id") + "/";
    send("DELETE", job).expect(202);
    released.countDown();
    Reply answer = waiting.join().expectProblem(409, "cancelled");
    long stored = bench.cache.keys().size() - 1;
    assertTrue(stored > 0, answer.json()::toString);
    assertEquals(stored, answer.at("/restored").longValue());
    assertEquals("{\"exists\":1}", answer.at("/skipped").toString());
    assertEquals(60_000 - stored - 1, answer.at("/left_count").longValue());
    assertTrue(answer.json().get("message") == null, "nothing that sounds like a success");
    Reply ended = send("GET", job).expect(200);
    assertEquals("cancelled", ended.text("/state"));
    assertEquals(stored, ended.at("/result/restored").longValue());
    AuditEntry entry = bench.audit.entries.stream()
        .filter(each -> each.operation().equals("restore"))
        .findFirst()
        .orElseThrow();
    assertEquals("Cancelled", entry.failure());
    assertEquals(OptionalLong.of(stored), entry.done());
  }

  @Test
  void aRestoreThatAServerStopsSaysWhatItHasDone() {
    bench.storeMany("k", 10);
    send("POST", "/").expect(200);
    bench.cache.clear();
    bench.cache.takeDown("b:1");
    Reply answer = send("POST", "/restore/").expectProblem(503, "bulk-incomplete");
    assertEquals(answer.at("/done_count"), answer.at("/restored"));
    assertEquals(
        10, answer.at("/restored").longValue() + answer.at("/left_count").longValue());
    assertTrue(answer.at("/left_count").longValue() > 0, answer.json()::toString);
    assertEquals("[]", answer.at("/refused").toString());
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
  void failedJobHasItsRequestsProblem() {
    bench.dumps.failCommits();
    Reply failed = awaitEnd(send("POST", "/?async=true").expect(202).header("location"));
    assertEquals("failed", failed.text("/state"));
    assertEquals("urn:cache-app:problem:dump-failed", failed.text("/error/type"));
    assertEquals(500, failed.at("/error/status").intValue());
    assertEquals("no space left on device", failed.text("/error/detail"));
  }

  @Test
  void internalErrorOfAJobNamesItsId() {
    bench.dumps.failCommits(new IllegalStateException("secret"));
    Reply failed = awaitEnd(send("POST", "/?async=true").expect(202).header("location"));
    assertEquals("urn:cache-app:problem:internal-error", failed.text("/error/type"));
    assertEquals(
        "something went wrong here; the log says more under the id of this job",
        failed.text("/error/detail"));
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
    // One caller gets no more places than it leaves free.
    for (int i = 0; i < JobKind.WAITING / 2; i++) {
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
}
