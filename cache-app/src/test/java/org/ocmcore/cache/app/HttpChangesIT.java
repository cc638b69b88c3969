package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.adapter.http.EventFollower;
import org.ocmcore.cache.adapter.http.EventFollower.Event;
import tools.jackson.databind.JsonNode;

/** Changes are followed as the store reports them. */
class HttpChangesIT extends HttpFixture {
  @TempDir
  Path folder;

  /** The kinds that all servers of the store report. */
  private List<String> awaitFeeds(EventFollower follower) throws IOException {
    while (true) {
      JsonNode servers = follower.event("servers").get("servers");
      assertEquals(store.addresses().size(), servers.size());
      JsonNode first = servers.get(0);
      boolean haveBegun = true;
      for (JsonNode server : servers) {
        assertTrue(store.addresses().contains(server.get("address").stringValue()));
        haveBegun &= server.get("reports").equals(first.get("reports"))
            && !server.get("reports").isEmpty();
      }
      if (haveBegun) {
        assertEquals(first.get("reports").size() < 3, first.has("reason"), first::toString);
        List<String> reports = new ArrayList<>();
        first.get("reports").forEach(kind -> reports.add(kind.stringValue()));
        return reports;
      }
    }
  }

  private static String next(EventFollower follower) throws IOException {
    JsonNode change = follower.event("change");
    return change.get("kind").stringValue() + " " + change.get("key").stringValue();
  }

  @Test
  void changesAreReportedAsTheyHappen() throws IOException {
    Instant before = Instant.now().minusSeconds(3);
    // Servers report late, even what a test before this one stored.
    try (EventFollower follower = api.follow("/changes/events?prefix=happens:")) {
      List<String> reports = awaitFeeds(follower);
      // The changes of several servers have no order, so each is awaited before the next.
      api.put("happens:1", "\"value\"");
      if (!reports.contains("stored")) {
        return;
      }
      Event stored = follower.event();
      assertEquals("change", stored.name());
      JsonNode change = stored.data();
      assertEquals("stored", change.get("kind").stringValue());
      assertEquals("happens:1", change.get("key").stringValue());
      assertFalse(change.has("key_base64"));
      assertTrue(store.addresses().contains(change.get("server").stringValue()));
      assertTrue(change.get("size_bytes").longValue() > 10, change::toString);
      assertTrue(Instant.parse(change.get("at").stringValue()).isAfter(before), change::toString);
      assertFalse(change.toString().contains("value"), change::toString);
      api.delete("/key/happens:1/").expect(200);
      if (reports.contains("deleted")) {
        assertEquals("deleted happens:1", next(follower));
      }
      api.put("happens:2", "\"value\"");
      assertEquals("stored happens:2", next(follower));
    }
  }

  @Test
  void eachStoreReportsWhatItCan() throws IOException {
    try (EventFollower follower = api.follow("/changes/events/")) {
      List<String> reports = awaitFeeds(follower);
      assertTrue(reports.contains("evicted"));
      assertEquals(store != StoreKind.ONE_MEMCACHED, reports.contains("stored"));
    }
  }

  @Test
  void changesByOthersAreReportedByTheFeed() throws IOException {
    if (!store.reportsStores()) {
      return;
    }
    try (EventFollower follower = api.follow("/changes/events?kinds=stored&prefix=foreign")) {
      awaitFeeds(follower);
      store.servers().get(1).command("set foreign 0 0 1\r\nv");
      JsonNode change = follower.event("change");
      assertEquals("foreign", change.get("key").stringValue());
      assertEquals(store.addresses().get(1), change.get("server").stringValue());
    }
  }

  @Test
  void filtersSelectChanges() throws IOException {
    try (EventFollower follower =
        api.follow("/changes/events?pattern=1$&prefix=filter:&kinds=stored")) {
      List<String> reports = awaitFeeds(follower);
      api.put("order:1", "1");
      api.put("filter:2", "1");
      api.put("filter:1", "1");
      if (reports.contains("stored")) {
        assertEquals("stored filter:1", next(follower));
      }
      api.delete("/key/filter:1/").expect(200);
      api.put("filter:11", "1");
      if (reports.contains("stored")) {
        assertEquals("stored filter:11", next(follower));
      }
    }
  }

  @Test
  void misspeltParametersAreNamed() throws IOException {
    try (EventFollower follower = api.follow("/changes/events?kind=stored")) {
      assertTrue(follower.event("servers").get("hint").stringValue().contains("kinds"));
    }
  }

  @Test
  void badParametersAreRejected() {
    assertRejected("kinds=stored,touched", "\"touched\" is no kind of change");
    assertRejected("kinds=stored,touched", "stored, deleted, evicted");
    assertRejected("kinds=", "\"\" is no kind of change");
    assertRejected("min_size=5", "min_size 5 cannot be asked for here");
    assertRejected("server=none:1", "server is \"none:1\"");
    api.get("/changes/events?pattern=(").expectProblem(400, "invalid-pattern");
    Reply head = api.send("HEAD", "/changes/events?kinds=evicted", null).expect(200);
    assertEquals("text/event-stream", head.header("content-type"));
    api.send("HEAD", "/changes/events?kinds=touched", null).expect(400);
  }

  private void assertRejected(String query, String detail) {
    Reply reply = api.get("/changes/events?" + query).expectProblem(400, "invalid-parameter");
    assertTrue(reply.text("detail").contains(detail), reply.text("detail"));
  }

  @Test
  void aViewerFollowsInProductionUntilItLeaves() throws IOException {
    Path tokens = TokensOnDisk.write(folder, "v viewer");
    try (RunningService production = RunningService.start(
        store,
        "production",
        Map.of("CACHE_TOKENS_FILE", tokens.toString(), "CACHE_HTTP_MAX_EVENT_STREAMS", "1"))) {
      production.client().get("/changes/events").expectProblem(401, "unauthorized");
      ApiClient viewer = production.client().with("v");
      try (EventFollower follower = viewer.follow("/changes/events")) {
        awaitFeeds(follower);
        viewer.get("/changes/events").expectProblem(503, "too-many-streams");
      }
      Await.until(() -> isAdmitted(viewer));
    }
  }

  private static boolean isAdmitted(ApiClient client) {
    try (EventFollower follower = client.follow("/changes/events")) {
      return follower.isAdmitted();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
