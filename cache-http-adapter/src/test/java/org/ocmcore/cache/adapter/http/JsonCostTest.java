package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class JsonCostTest {
  private static long cost(String json, long mostForTree) {
    return JsonCost.of(json.getBytes(StandardCharsets.UTF_8), mostForTree);
  }

  @Test
  void aLongStringCostsItsLength() {
    assertEquals(4 * 100_002 + 64, cost("\"" + "x".repeat(100_000) + "\"", 64));
  }

  @Test
  void manyPartsCostMore() {
    assertEquals(4 * 9 + 7 * 64, cost("[1,{},[]]", 7 * 64));
  }

  @Test
  void tooManyPartsAreRejected() {
    RequestRejected rejected =
        assertThrows(RequestRejected.class, () -> cost("[1,{},[]]", 7 * 64 - 1));
    assertEquals(Kind.BODY_TOO_LARGE, rejected.problem().kind());
    assertTrue(rejected.problem().detail().contains("more than 6 parts"));
  }

  @Test
  void whatIsNotJsonIsAFault() {
    assertThrows(JacksonException.class, () -> cost("{\"a\":", 1000));
  }
}
