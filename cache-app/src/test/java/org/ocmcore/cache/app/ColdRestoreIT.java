package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

/** One of two servers was restarted after the dump; on the other one, keys were deleted. */
class ColdRestoreIT {
  private static final String COLD_ONLY = "{\"cold_only\": true%s}";

  private final MemcachedServer restarted = MemcachedServer.start();
  private final MemcachedServer warm = MemcachedServer.start();
  private final String servers = restarted.address() + "," + warm.address();
  private final RunningService service =
      RunningService.start(StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", servers));
  private final ApiClient api = service.client();
  private long lost;
  private long deleted;
  private long kept;

  @BeforeEach
  void loseAndDelete() {
    IntStream.range(0, 200).forEach(i -> api.put("key:" + i, "1"));
    assertEquals(200, api.send("POST", "/", null).expect(200).number("entries"));
    lost = restarted.stat("curr_items");
    long before = warm.stat("curr_items");
    api.send(
            "DELETE",
            "/pattern/manage/",
            "{\"pattern\": \"7$\", \"server\": \"%s\"}".formatted(warm.address()))
        .expect(200);
    kept = warm.stat("curr_items");
    deleted = before - kept;
    assertTrue(lost > 0 && deleted > 0, lost + " lost, " + deleted + " deleted");
    restarted.restart();
    Await.until(() ->
        api.get("/key/none/").status() == 404 && api.get("/keys/?fresh=true").status() == 200);
  }

  @AfterEach
  void stop() {
    service.close();
    restarted.stop();
    warm.stop();
  }

  private void assertOnlyTheColdIsFilled() {
    assertEquals(lost, restarted.stat("curr_items"));
    assertEquals(kept, warm.stat("curr_items"));
  }

  @Test
  void onlyTheRestartedServerGetsItsKeys() {
    Reply preview = api.send("POST", "/restore/", COLD_ONLY.formatted(", \"dry_run\": true"));
    assertAccount(preview);
    assertEquals(0, restarted.stat("curr_items"));
    assertAccount(api.send("POST", "/restore/", COLD_ONLY.formatted("")));
    assertOnlyTheColdIsFilled();
    String about = api.get("/jobs/").at("jobs").get(0).get("about").stringValue();
    assertTrue(about.contains("onto servers that lost their items"), about);

    Reply everywhere = api.send("POST", "/restore/", "{}").expect(200);
    assertEquals(deleted, everywhere.number("restored"));
  }

  private void assertAccount(Reply reply) {
    assertEquals(lost, reply.expect(200).number("restored"));
    assertEquals(
        "{\"warm_server\":%d}".formatted(deleted + kept), reply.at("skipped").toString());
  }

  @Test
  void theCommandLineDoesTheSame() {
    TypedCommand command = new TypedCommand().with("MEMCACHED_SERVERS", servers);
    int status = command.execute("restore", "--cold-only", service.dumpFile().toString());
    assertEquals(0, status, command.err());
    assertTrue(command.out().contains("warm server"), command.out());
    assertOnlyTheColdIsFilled();
  }
}
