package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.testing.Bench;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What clients see of work on many keys of which a part is done. */
class BulkOverHttpTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int COUNT = 60_000;

  private final Bench bench = new Bench();
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpApi api = new HttpApi(
      new HttpSettings("127.0.0.1", 0),
      new ServiceInfo("memory", "development", "data/dump", Map.of()),
      bench.reader,
      bench.admin,
      bench.clock);

  @BeforeEach
  void start() throws IOException {
    api.start();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private HttpResponse<String> delete() throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s/pattern/manage/?pattern=."
                .formatted(api.port(), HttpApi.BASE)))
            .DELETE()
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aSecondCallFinishesAnInterruptedDelete() throws IOException, InterruptedException {
    bench.storeMany("k", COUNT);
    AtomicInteger batches = new AtomicInteger();
    bench.before("bulk delete", () -> {
      if (batches.incrementAndGet() == 4) {
        bench.cache.takeDown("b:1");
      }
    });
    HttpResponse<String> first = delete();
    assertEquals(503, first.statusCode());
    assertTrue(first.headers().firstValue("retry-after").isPresent());
    JsonNode problem = JSON.readTree(first.body());
    assertEquals("urn:cache-app:problem:bulk-incomplete", problem.get("type").stringValue());
    assertEquals(COUNT, problem.get("matched_count").intValue());
    int left = problem.get("left_count").intValue();
    assertTrue(left > 0, first::body);
    assertEquals(COUNT, left + problem.get("done_count").intValue());
    for (JsonNode server : problem.get("servers")) {
      boolean isDown = server.get("address").stringValue().equals("b:1");
      assertEquals(isDown, !server.get("failure").isNull());
      assertEquals(isDown ? left : 0, server.get("left").intValue());
    }

    bench.cache.bringBack("b:1");
    HttpResponse<String> second = delete();
    assertEquals(200, second.statusCode());
    assertEquals(left, JSON.readTree(second.body()).get("deleted_count").intValue());
    assertEquals(0, bench.cache.keys().size());
  }
}
