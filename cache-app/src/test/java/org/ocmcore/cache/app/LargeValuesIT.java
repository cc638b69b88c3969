package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

/** Values over memcached's default limit, on servers that allow them. */
@Timeout(120)
class LargeValuesIT {
  private static final int MIB = 1024 * 1024;

  /** The bytes of an item beside its value, for a key of one byte. */
  private static final int OVERHEAD = 48 + 8 + 1 + 1 + 2;

  private final MemcachedServer large = MemcachedServer.start("-I", "16m", "-m", "512");
  private final MemcachedServer small = MemcachedServer.start();
  private RunningService service;

  @AfterEach
  void close() {
    service.close();
    large.stop();
    small.stop();
  }

  private ApiClient serve(String servers) {
    service = RunningService.start(
        StoreKind.MEMORY,
        "development",
        Map.of("MEMCACHED_SERVERS", servers, "MEMCACHED_TIMEOUT_MS", "10000"));
    return service.client();
  }

  @Test
  void valuesUpToTheServersLimitAreStored() {
    ApiClient api = serve(large.address());
    String text = "x".repeat(16 * MIB - OVERHEAD);
    api.put("t", '"' + text + '"');
    assertEquals(text, api.get("/key/t/").expect(200).text("value"));
    byte[] bytes = new byte[16 * MIB - OVERHEAD];
    new Random(1).nextBytes(bytes);
    String base64 = Base64.getEncoder().encodeToString(bytes);
    api.put("b", "{\"base64\":\"" + base64 + "\"}");
    assertEquals(base64, api.get("/key/b/").expect(200).text("value"));
    Reply values = api.get("/pattern/?fresh=true&pattern=^t$&values=true").expect(200);
    assertEquals(text, values.at("values").path("t").stringValue());
    Reply named = api.send("POST", "/keys/get/", "{\"keys\":[\"b\"]}").expect(200);
    assertEquals(base64, named.at("values").path("b").path("base64").stringValue());
  }

  @Test
  void theLongestEscapesFit() {
    ApiClient api = serve(large.address());
    int characters = 3 * MIB;
    api.put("e", '"' + "\\u0001".repeat(characters) + '"');
    assertEquals("\u0001".repeat(characters), api.get("/key/e/").expect(200).text("value"));
  }

  @Test
  void largeJsonIsReadAsJson() {
    ApiClient api = serve(large.address());
    String list = "[" + "\"" + "x".repeat(10 * MIB) + "\"" + ",1".repeat(100_000) + "]";
    api.put("j", list);
    assertEquals(list, api.get("/key/j/").expect(200).at("value").toString());
  }

  @Test
  void aLargerValueIsRefusedAndTheOlderStays() {
    ApiClient api = serve(large.address());
    api.put("k", "\"old\"");
    Reply refused =
        api.send("POST", "/key/k/", "{\"value\":\"" + "x".repeat(16 * MIB - OVERHEAD + 1) + "\"}");
    refused.expectProblem(413, "value-too-large");
    assertTrue(refused.text("detail").contains("allows 16777216; memcached allows more with -I"));
    assertEquals("old", api.get("/key/k/").text("value"));
  }

  @Test
  void eachServerHasItsOwnLimit() {
    ApiClient api = serve(large.address() + "," + small.address());
    String body = "{\"value\":\"" + "x".repeat(5 * MIB) + "\"}";
    boolean[] stored = new boolean[2];
    for (int i = 0; i < 100 && !(stored[0] && stored[1]); i++) {
      Reply reply = api.send("POST", "/key/k" + i + "/", body);
      boolean isLarge = reply.status() == 201;
      stored[isLarge ? 0 : 1] = true;
      if (isLarge) {
        assertEquals(large.address(), reply.text("server"));
      } else {
        reply.expectProblem(413, "value-too-large");
        assertTrue(reply.text("detail").contains("the store allows 1048576;"));
        api.get("/key/k" + i + "/").expect(404);
      }
    }
    assertEquals(List.of(true, true), List.of(stored[0], stored[1]));
  }

  @Test
  void theLimitFollowsARestartedServer() {
    ApiClient api = serve(small.address());
    String body = "{\"value\":\"" + "x".repeat(7 * MIB) + "\"}";
    Reply refused = api.send("POST", "/key/k/", body).expectProblem(413, "body-too-large");
    assertTrue(refused.text("detail").contains("at most 1048576 bytes"), refused.text("detail"));
    small.restart("-I", "8m");
    api.send("POST", "/key/k/", body).expect(201);
  }
}
