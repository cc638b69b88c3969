package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import tools.jackson.databind.JsonNode;

/** What clients see of work on many keys of which a part is done. */
class BulkOverHttpTest extends HttpApiFixture {
  private static final int COUNT = 60_000;

  private Reply delete() {
    return client.delete("/pattern/manage/?pattern=.");
  }

  @Test
  void aSecondCallFinishesAnInterruptedDelete() {
    bench.storeMany("k", COUNT);
    AtomicInteger batches = new AtomicInteger();
    bench.before("bulk delete", () -> {
      if (batches.incrementAndGet() == 4) {
        bench.cache.takeDown("b:1");
      }
    });
    Reply first = delete().expectProblem(503, "bulk-incomplete");
    assertFalse(first.header("retry-after").isEmpty());
    JsonNode problem = first.json();
    assertEquals(COUNT, problem.get("matched_count").intValue());
    int left = problem.get("left_count").intValue();
    assertTrue(left > 0, problem::toString);
    assertEquals(COUNT, left + problem.get("done_count").intValue());
    for (JsonNode server : problem.get("servers")) {
      boolean isDown = server.get("address").stringValue().equals("b:1");
      assertEquals(isDown, !server.get("failure").isNull());
      assertEquals(isDown ? left : 0, server.get("left").intValue());
    }

    bench.cache.bringBack("b:1");
    assertEquals(left, delete().expect(200).number("deleted_count"));
    assertEquals(0, bench.cache.keys().size());
  }
}
