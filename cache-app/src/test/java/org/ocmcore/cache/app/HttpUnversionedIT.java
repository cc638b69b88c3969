package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

/** A server that keeps no versions. */
class HttpUnversionedIT {
  private static final String VALUE = "{\"value\": \"w\"}";

  private final MemcachedServer server = MemcachedServer.start("-C");
  private final RunningService service = RunningService.start(
      StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", server.address()));
  private final ApiClient api = service.client();

  @AfterEach
  void stop() {
    service.close();
    server.close();
  }

  @Test
  void onlyVersionsAreMissing() {
    api.put("k", "\"v\"");
    for (String path : new String[] {"/key/k/", "/key/k/?value=false", "/key/k/raw"}) {
      assertEquals("", api.get(path).expect(200).header("etag"));
    }
    for (String method : new String[] {"POST", "DELETE"}) {
      String body = method.equals("POST") ? VALUE : null;
      Reply refused = api.sendWith("If-Match", "\"5\"", method, "/key/k/", body)
          .expectProblem(503, "store-unavailable");
      assertTrue(refused.text("detail").contains("keeps no versions"), refused.text("detail"));
    }
    assertEquals("v", api.get("/key/k/").text("value"));
    api.sendWith("If-None-Match", "*", "POST", "/key/k/", VALUE).expect(412);
    api.sendWith("If-Match", "*", "POST", "/key/k/", VALUE).expect(200);
    api.sendWith("If-Match", "*", "DELETE", "/key/k/", null).expect(200);
  }
}
