package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;

/** Values as files. */
class HttpRawIT extends HttpFixture {
  private static final byte[] BYTES = {0, 1, (byte) 0xff, '\r', '\n', '"', 0x1f, (byte) 0x8b};

  private void put(String key, byte[] bytes) {
    api.put(key, "{\"base64\": \"%s\"}".formatted(Base64.getEncoder().encodeToString(bytes)));
  }

  private void assertBytes(byte[] expected, String path) {
    Reply raw = api.get(path).expect(200);
    assertArrayEquals(expected, raw.response().body());
    assertEquals("application/octet-stream", raw.header("content-type"));
    assertEquals(Integer.toString(expected.length), raw.header("content-length"));
    assertEquals("nosniff", raw.header("x-content-type-options"));
    Reply head = api.send("HEAD", path, null).expect(200);
    assertEquals(0, head.response().body().length);
    for (String header :
        List.of("content-type", "content-length", "content-disposition", "x-memcached-flags")) {
      assertEquals(raw.header(header), head.header(header), header);
    }
  }

  @Test
  void aValueIsAFile() {
    put("user:1", BYTES);
    assertBytes(BYTES, "/key/user:1/raw");
    assertBytes(BYTES, "/key/user:1/raw/");
    assertBytes(BYTES, "/key/?key_base64=dXNlcjox&raw=true");
    put("empty", new byte[0]);
    assertBytes(new byte[0], "/key/empty/raw");
    put("large", new byte[900_000]);
    assertBytes(new byte[900_000], "/key/large/raw");
    api.get("/key/none/raw").expectProblem(404, "key-not-found");
    api.send("POST", "/key/f/", "{\"value\": \"v\", \"flags\": 4294967295}").expect(201);
    assertEquals("4294967295", api.get("/key/f/raw").header("x-memcached-flags"));
  }

  @Test
  void aTextHasItsOwnBytes() {
    api.put("text", "\"grüße\"");
    assertBytes("grüße".getBytes(StandardCharsets.UTF_8), "/key/text/raw");
    assertEquals(
        "attachment; filename=\"text.bin\"",
        api.get("/key/text/raw").header("content-disposition"));
  }

  @Test
  void aMisspeltParameterDoesNoHarm() {
    put("user:1", BYTES);
    assertBytes(BYTES, "/key/user:1/raw?key_base46=x");
  }

  @Test
  void aKeyNamedRawIsAKey() {
    api.put("a/raw", "\"v\"");
    api.put("raw", "\"w\"");
    assertEquals("v", api.get(ApiClient.key("a/raw")).expect(200).text("value"));
    assertEquals("w", api.get("/key/raw/").expect(200).text("value"));
    assertTrue(api.get("/key/raw/raw").expect(200).header("content-disposition").contains("raw"));
  }
}
