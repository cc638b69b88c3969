package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private static String ofHeaders(String... namesAndValues) {
    HttpFields.Mutable headers = HttpFields.build();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return RequestId.of(headers.asImmutable());
  }

  private static void assertMade(String id) {
    assertTrue(id.matches("[0-9a-f]{16}"), id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A-z_0.9:8", "550e8400-e29b-41d4-a716-446655440000"})
  void anIdThatIsSentIsTaken(String sent) {
    assertEquals(sent, ofHeaders("x-request-id", sent));
  }

  @Test
  void anIdHasAtMost128Characters() {
    assertEquals("a".repeat(128), ofHeaders("X-Request-Id", "a".repeat(128)));
    assertMade(ofHeaders("X-Request-Id", "a".repeat(129)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a b", "a\nb", "a\u001b[31m", "a\u0000", "\u202eid", "é", "a\"b", "a;b", "a/b"
      })
  void whatIsNoIdIsReplaced(String sent) {
    assertMade(ofHeaders("X-Request-Id", sent));
  }

  @Test
  void twoIdsAreNone() {
    assertMade(ofHeaders("X-Request-Id", "a", "X-Request-Id", "b"));
  }

  @Test
  void theTraceIdComesSecond() {
    String trace = "00-" + TRACE + "-b7ad6b7169203331-01";
    assertEquals(TRACE, ofHeaders("traceparent", trace));
    assertEquals("a", ofHeaders("traceparent", trace, "X-Request-Id", "a"));
    assertEquals(TRACE, ofHeaders("traceparent", trace, "X-Request-Id", "a b"));
    assertEquals(TRACE, ofHeaders("traceparent", "01-" + TRACE + "-b7ad6b7169203331-01-more"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "0af7651916cd43dd8448eb211c80319c"
      })
  void aWrongTraceIsIgnored(String trace) {
    assertMade(ofHeaders("traceparent", trace));
  }

  @Test
  void everyRequestHasItsOwn() {
    assertNotEquals(ofHeaders(), ofHeaders());
  }
}
