package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.testing.FuzzSeed;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Any body is JSON or refused, and a stored value is shown as it was sent. */
final class JsonFuzzTest {
  private static final long MOST = 1 << 20;
  private static final JsonMapper JSON = Json.mapper();
  private static final ValueJson VALUES = new ValueJson(JSON, key -> false, 1_000);

  public static void fuzzerTestOneInput(byte[] input) {
    showsAnyValue(input);
    JsonNode sent;
    try {
      JsonCost.of(input, MOST);
      sent = JsonBody.parse(JSON, input);
    } catch (JacksonException | RequestRejected refused) {
      return;
    }
    if (sent.isMissingNode()) {
      return;
    }
    CacheValue stored;
    try {
      stored = VALUES.toStore(sent);
    } catch (IllegalArgumentException refused) {
      return;
    }
    byte[] shown = JSON.writeValueAsBytes(VALUES.show(stored).alone());
    if (ValueJson.isJson(sent) || sent.isString()) {
      JsonNode again = JsonBody.parse(JSON, shown);
      assertTrue(sent.equals(JsonFuzzTest::compare, again), () -> sent + " became " + again);
    }
  }

  /** A number may be written in another way, such as 7 for 7e0. */
  private static int compare(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue());
    }
    return one.equals(other) ? 0 : 1;
  }

  private static void showsAnyValue(byte[] input) {
    for (long flags : List.of(0L, 1L)) {
      JSON.writeValueAsBytes(VALUES.show(CacheValue.wrap(input, flags)).alone());
    }
  }

  static Stream<FuzzSeed> seeds() {
    return FuzzSeed.of(JsonFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void seedHolds(FuzzSeed seed) {
    fuzzerTestOneInput(seed.bytes());
  }
}
