package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.job.JobKind;
import org.ocmcore.cache.domain.job.Task;
import tools.jackson.databind.JsonNode;

class JobEventsOverHttpTest extends JobsFixture {
  @Test
  void eventsFollowAJobToItsEnd() throws IOException {
    String path = heldDump();
    try (EventFollower follower = follow(path + "events")) {
      assertTrue(follower.isAdmitted());
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
      JsonNode reported = JSON.readTree(rest.get(last + 1).substring("data: ".length()));
      assertEquals(send("GET", path).json(), reported);
      assertEquals(2_500, reported.at("/result/entries").longValue());
    }
  }

  @Test
  void eventsOfAFinishedJobEndAtOnce() {
    send("POST", "/").expect(200);
    String path = "/jobs/" + jobs.recent().get(0).id() + "/events";
    List<String> lines = client.lines(path);
    assertEquals("event: progress", lines.get(0));
    assertEquals("event: done", lines.get(3));
    assertEquals(lines.get(1), lines.get(4));
    assertEquals(lines, client.lines(path + "/"));
    Reply head = send("HEAD", path).expect(200);
    assertEquals("text/event-stream", head.header("content-type"));
  }

  @Test
  void manyClientsFollowJobsOnOneThread() throws IOException {
    String path = heldDump() + "events";
    int threadsBefore = Thread.activeCount();
    // Those that one address may have.
    int most = HttpLimits.DEFAULT.eventStreams() / 2;
    List<EventFollower> followers = new ArrayList<>();
    try {
      for (int i = 0; i < most; i++) {
        EventFollower follower = follow(path);
        followers.add(follower);
        assertTrue(follower.isAdmitted());
      }
      assertTrue(Thread.activeCount() < threadsBefore + most / 2);
      Reply refused = send("GET", path).expectProblem(503, "too-many-streams");
      assertEquals("1", refused.header("retry-after"));
      send("GET", "/keys/").expect(200);
    } finally {
      for (EventFollower follower : followers) {
        follower.close();
      }
    }
    awaitRoom(path);
  }

  private void awaitRoom(String path) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (System.nanoTime() < end) {
      try (EventFollower follower = follow(path)) {
        if (follower.isAdmitted()) {
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
    try (EventFollower slow = follow(path)) {
      assertTrue(slow.isAdmitted());
      List<String> others = client.lines(path);
      assertEquals(6, others.size());
      assertEquals("event: failed", others.get(3));
      assertTrue(others.get(4).contains(reason));
      api.close();
    }
  }

  @Test
  void stoppingTheServiceEndsStreams() throws IOException {
    String path = heldDump();
    try (EventFollower follower = follow(path + "events")) {
      follower.headers();
      follower.event("progress");
      api.close();
      assertFalse(follower.rest().contains("event: done"));
    }
  }

  private EventFollower follow(String path) throws IOException {
    return new EventFollower(api.port(), path);
  }
}
