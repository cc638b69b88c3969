package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import tools.jackson.databind.JsonNode;

/** Keys that are text, but with spaces and control characters, are addressed by what lists say. */
class HttpUnprintableKeysIT {
  private static final List<String> KEYS = List.of(
      "\u0001a", "\u007fdel", "a b", "a\nb", "a\u0085b", "a\u00a0b", "a\u2028b", "a\u3000b");

  private static String base64(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String path(JsonNode key) {
    return "/key/?key_base64="
        + URLEncoder.encode(key.get("key_base64").stringValue(), StandardCharsets.UTF_8);
  }

  @Test
  void listsSayHowToAddressThem() {
    try (MemcachedServer server = MemcachedServer.start();
        RunningService service = RunningService.start(
            StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", server.address()))) {
      KEYS.forEach(key -> server.command("ms " + base64(key) + " 1 b\r\nv"));
      server.command("set plain 0 0 1\r\nv");
      ApiClient api = service.client();
      assertNamed(api);

      List<JsonNode> details = api.get("/keys/?fresh=true&details=true")
          .expect(200)
          .at("keys")
          .valueStream()
          .filter(key -> key.has("key_base64"))
          .toList();
      assertEquals(KEYS.size(), details.size());
      for (JsonNode key : details) {
        Reply got = api.get(path(key)).expect(200);
        assertEquals("v", got.text("value"));
        assertEquals(base64(key.get("key").stringValue()), got.text("key_base64"));
      }
      assertEquals(
          1,
          api.send(
                  "POST",
                  "/keys/delete/",
                  "{\"keys_base64\": [\"%s\"]}"
                      .formatted(details.get(0).get("key_base64").stringValue()))
              .expect(200)
              .number("deleted_count"));
      for (JsonNode key : details.subList(1, details.size())) {
        Reply deleted = api.delete(path(key)).expect(200);
        assertEquals(key.get("key_base64"), deleted.at("key_base64"));
      }
      assertEquals(List.of("plain"), api.get("/keys/?fresh=true").texts("keys"));
    }
  }

  /** Every answer that names the keys gives their bytes. */
  private static void assertNamed(ApiClient api) {
    JsonNode names = api.get("/keys/?fresh=true").expect(200).at("keys_base64");
    JsonNode registry = api.get("/apps/registry/").at("/registries_base64/global");
    JsonNode values = api.get("/pattern/?pattern=.&values=true").expect(200).at("values_base64");
    JsonNode children = api.get("/tree/?delimiter=:&sort=name").expect(200).at("children");
    assertEquals(KEYS.size(), names.size());
    assertEquals(KEYS.size(), registry.size());
    assertEquals(KEYS.size(), values.size());
    for (String key : KEYS) {
      assertEquals(base64(key), names.get(key).stringValue());
      assertEquals(base64(key), registry.get(key).stringValue());
      assertEquals("v", values.get(base64(key)).stringValue());
      JsonNode child = children
          .valueStream()
          .filter(node -> node.get("prefix").stringValue().equals(key))
          .findAny()
          .orElseThrow();
      assertEquals(base64(key), child.get("prefix_base64").stringValue());
      assertEquals(base64(key), child.get("name_base64").stringValue());
    }
  }
}
