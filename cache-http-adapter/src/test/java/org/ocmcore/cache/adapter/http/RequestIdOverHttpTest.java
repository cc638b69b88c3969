package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every answer has the id of its request, whoever answers. */
class RequestIdOverHttpTest extends JobsFixture {
  private static final Pattern RETURNED = Pattern.compile("X-Request-Id: (\\S+)\r\n");

  private String answer(String line, String headers) {
    return client.raw(line + " HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
  }

  private static String id(String answer) {
    Matcher header = RETURNED.matcher(answer);
    assertTrue(header.find(), answer);
    String id = header.group(1);
    assertFalse(header.find(), answer);
    return id;
  }

  @ParameterizedTest
  @CsvSource({
    "200, GET /api/cache/service/, localhost",
    "200, HEAD /api/cache/service/, localhost",
    "200, GET /docs/, localhost",
    "404, GET /nothing, localhost",
    "404, GET /api/cache/key/none/, localhost",
    "405, PATCH /api/cache/service/, localhost",
    "400, GET /api/cache/../x, localhost",
    "421, GET /api/cache/service/, evil.example"
  })
  void itComesBackWithEveryAnswer(int status, String line, String host) {
    String answer = answer(line, "Host: " + host + "\r\nX-Request-Id: my-id.1\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
    assertEquals("my-id.1", id(answer));
    if (status >= 400) {
      assertTrue(answer.contains("\"request_id\":\"my-id.1\""), answer);
    }
  }

  @Test
  void aBodyThatIsRefusedHasIt() {
    String answer = answer(
        "POST /api/cache/keys/get/",
        "Host: localhost\r\nX-Request-Id: my-id\r\nContent-Type: application/json\r\n"
            + "Content-Length: 99999999\r\nExpect: 100-continue\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    assertEquals("my-id", id(answer));
  }

  /** Jetty refuses it before it has a header. */
  @Test
  void aMalformedRequestGetsANewOne() {
    String answer = client.raw("GET / HTTP/9.9\r\nX-Request-Id: my-id\r\n\r\n");
    String id = id(answer);
    assertTrue(id.matches("[0-9a-f]{16}"), answer);
    assertTrue(answer.contains("\"request_id\":\"" + id + "\""), answer);
  }

  @Test
  void aHugeOneIsReplaced() {
    String answer =
        answer("GET /nothing", "Host: localhost\r\nX-Request-Id: " + "a".repeat(5_000) + "\r\n");
    assertTrue(id(answer).matches("[0-9a-f]{16}"), answer);
    assertFalse(answer.contains("aaaaa"), answer);
  }
}
