package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import tools.jackson.databind.JsonNode;

/** A cache that has lost everything is warm when the service is ready, and no other is touched. */
class WarmUpIT {
  @TempDir
  private Path folder;

  private RunningService start(Map<String, String> store, String environment, boolean restores) {
    Map<String, String> settings = new HashMap<>(store);
    settings.put("CACHE_DUMP_FILE", folder.resolve("cache_dump.json").toString());
    settings.put("CACHE_RESTORE_ON_START", String.valueOf(restores));
    return RunningService.start(StoreKind.MEMORY, environment, settings);
  }

  private static Map<String, String> on(MemcachedServer server) {
    return Map.of("MEMCACHED_SERVERS", server.address());
  }

  private static void fill(RunningService service) {
    ApiClient client = service.client();
    client
        .send("POST", "/key/user:1/", "{\"value\": {\"name\": \"Ada\"}, \"timeout\": null}")
        .expect(201);
    client
        .send("POST", "/key/user:2/", "{\"value\": \"plain\", \"timeout\": 600}")
        .expect(201);
    client.send("POST", "/", null).expect(200);
  }

  /** What the job that warmed up did. */
  private static JsonNode restored(RunningService service) {
    JsonNode job = service.client().get("/jobs/").at("jobs").get(0);
    assertEquals("restore", job.get("kind").stringValue());
    assertEquals("done", job.get("state").stringValue());
    return job.get("result");
  }

  private static void expectWarm(RunningService service) {
    assertEquals("plain", service.client().get("/key/user:2/").expect(200).text("value"));
    assertEquals(2, service.client().get("/keys/?fresh=true").expect(200).number("total_keys"));
    assertEquals(2, restored(service).get("restored").intValue());
  }

  @Test
  void memoryStoreIsWarmWhenReady() {
    try (RunningService service = start(Map.of(), "development", true)) {
      fill(service);
    }
    try (RunningService service = start(Map.of(), "production", true)) {
      expectWarm(service);
    }
  }

  @Test
  void onlyRestartedServersAreWarmed() {
    try (MemcachedServer before = MemcachedServer.start()) {
      try (RunningService service = start(on(before), "development", false)) {
        fill(service);
        service.client().delete("/key/user:1/").expect(200);
      }
      try (RunningService service = start(on(before), "production", true)) {
        assertEquals(404, service.client().get("/key/user:1/").status());
        assertEquals(2, restored(service).get("skipped").get("warm_server").intValue());
      }
    }
    try (MemcachedServer after = MemcachedServer.start();
        RunningService service = start(on(after), "production", true)) {
      expectWarm(service);
    }
  }
}
