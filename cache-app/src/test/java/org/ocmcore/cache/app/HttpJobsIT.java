package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import tools.jackson.databind.JsonNode;

/** Dumps and restores that nobody waits for. */
class HttpJobsIT extends HttpFixture {
  /** The job that an answer names, when it is over. */
  private Reply awaitEnd(Reply begun) {
    String path = begun.expect(202).header("location").substring(ApiClient.BASE.length());
    assertEquals("/jobs/" + begun.text("id") + "/", path);
    Await.until(() -> !api.get(path).expect(200).at("finished_at").isNull());
    return api.get(path);
  }

  private void storeMany() {
    IntStream.range(0, 1_500).parallel().forEach(i -> api.put("many:" + i, "\"v" + i + "\""));
  }

  @Test
  void backgroundDumpAndRestoreBringEverythingBack() {
    storeMany();
    Reply dump = awaitEnd(api.send("POST", "/?async=true", null));
    assertEquals("dump", dump.text("kind"));
    assertEquals("done", dump.text("state"));
    assertEquals(1_500, dump.at("result").get("entries").longValue());
    assertEquals(1_500, dump.at("progress").get("done").longValue());
    assertEquals(1_500, dump.at("progress").get("expected").longValue());
    assertTrue(dump.at("progress").get("bytes").longValue() > 10_000);
    assertTrue(dump.at("progress").get("eta_seconds").isNull());
    assertTrue(dump.at("error").isNull());
    api.delete("/").expect(200);

    Reply restore = awaitEnd(api.send("POST", "/restore/?async=true", "{\"pattern\": \"many:1\"}"));
    assertEquals("restore", restore.text("kind"));
    assertEquals("done", restore.text("state"));
    assertEquals(611, restore.at("result").get("restored").longValue());
    assertEquals(889, restore.at("result").get("skipped").get("not_matching").longValue());
    assertEquals(1_500, restore.at("progress").get("done").longValue());
    assertEquals(611, api.get("/keys/").number("total_keys"));
  }

  @Test
  void theResultHasTheFieldsOfTheAnswer() {
    storeMany();
    Reply waited = api.send("POST", "/", null).expect(200);
    JsonNode result = awaitEnd(api.send("POST", "/?async=true", null)).at("result");
    assertEquals(waited.json().propertyNames(), result.propertyNames());
    String dry = "{\"dry_run\": true}";
    Reply rehearsed = api.send("POST", "/restore/", dry).expect(200);
    JsonNode inBackground =
        awaitEnd(api.send("POST", "/restore/?async=true", dry)).at("result");
    assertEquals(rehearsed.json().propertyNames(), inBackground.propertyNames());
    assertEquals(rehearsed.at("skipped"), inBackground.get("skipped"));
    assertEquals(rehearsed.text("message"), inBackground.get("message").stringValue());
  }

  @Test
  void jobsThatSomebodyWaitedForAreListedToo() {
    api.send("POST", "/", null).expect(200);
    api.send("POST", "/restore/", null).expect(200);
    JsonNode jobs = api.get("/jobs/").expect(200).at("jobs");
    assertEquals(
        List.of("restore", "dump"),
        StreamSupport.stream(jobs.spliterator(), false)
            .limit(2)
            .map(job -> job.get("kind").stringValue())
            .toList());
    String id = jobs.get(0).get("id").stringValue();
    assertEquals(jobs.get(0), api.get("/jobs/" + id).expect(200).json());
    Reply cancelled = api.delete("/jobs/" + id + "/").expect(200);
    assertEquals("done", cancelled.text("state"));
    assertEquals(jobs.get(0), api.get("/jobs/" + id + "/").expect(200).json());
  }

  @Test
  void eventsAreFollowedToTheEnd() {
    storeMany();
    Reply begun = api.send("POST", "/?async=true", null).expect(202);
    String events = api.raw("GET %sevents HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        .formatted(begun.header("location")));
    assertTrue(events.startsWith("HTTP/1.1 200"), events);
    assertTrue(events.contains("\nevent: progress\ndata: {\"id\":\"" + begun.text("id")), events);
    assertTrue(events.contains("\nevent: done\ndata: {\"id\":\"" + begun.text("id")), events);
    assertEquals("done", api.get("/jobs/" + begun.text("id")).text("state"));
  }

  @Test
  void automaticDumpsAreJobsInProductionToo() {
    try (RunningService production =
        RunningService.start(store, "production", Map.of("CACHE_AUTO_DUMP_INTERVAL", "1"))) {
      ApiClient mine = production.client();
      Await.until(() -> mine.get("/jobs/").expect(200).at("jobs").size() > 0);
      JsonNode job = mine.get("/jobs/").at("jobs").get(0);
      assertEquals("dump", job.get("kind").stringValue());
      mine.delete("/jobs/" + job.get("id").stringValue())
          .expectProblem(403, "management-forbidden");
    }
  }
}
