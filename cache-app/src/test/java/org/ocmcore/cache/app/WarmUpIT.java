package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The cache is warm when the service is ready. */
@OnEveryStore
class WarmUpIT {
  private final Store store;

  @TempDir
  private Path folder;

  WarmUpIT(Store store) {
    this.store = store;
  }

  private RunningService start(String environment, boolean restores) {
    return RunningService.start(
        store,
        environment,
        Map.of(
            "CACHE_DUMP_FILE",
            folder.resolve("cache_dump.json").toString(),
            "CACHE_RESTORE_ON_START",
            String.valueOf(restores)));
  }

  @Test
  void whatWasDumpedIsThereWhenTheServiceIsReadyInProductionToo() {
    try (RunningService service = start("development", false)) {
      ApiClient client = service.client();
      client.delete("/").expect(200);
      client.send("POST", "/key/user:1/", "{\"value\": {\"name\": \"Ada\"}, \"timeout\": null}");
      client
          .send("POST", "/key/user:2/", "{\"value\": \"plain\", \"timeout\": 600}")
          .expect(201);
      client.send("POST", "/", null).expect(200);
      client.delete("/").expect(200);
    }
    try (RunningService service = start("production", true)) {
      ApiClient client = service.client();
      assertEquals("plain", client.get("/key/user:2/").expect(200).text("value"));
      assertEquals(2, client.get("/keys/?fresh=true").expect(200).number("total_keys"));
      JsonNode job = client.get("/jobs/").at("jobs").get(0);
      assertEquals("restore", job.get("kind").stringValue());
      assertEquals("done", job.get("state").stringValue());
      assertEquals(2, job.get("result").get("restored").intValue());
    }
  }
}
