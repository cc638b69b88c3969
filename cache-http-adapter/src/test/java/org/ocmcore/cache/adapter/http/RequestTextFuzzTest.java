package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.testing.FuzzSeed;

/** Hosts, paths, queries, parameters and cursors are parsed, or refused as a wrong request. */
final class RequestTextFuzzTest {
  private static final List<String> SERVERS = List.of("127.0.0.1:11211");

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    decode(text);
    authority(text);
    query(text);
    assertEquals(text, PercentCode.decode(encoded(text)));
    if (input.length > 0 && input.length <= CacheKey.MAX_ENCODED_BYTES) {
      CacheKey key = CacheKey.ofBytes(input);
      KeyParameters next =
          new KeyParameters(QueryString.parse("cursor=" + KeyParameters.cursor(key)));
      assertEquals(key, next.cursor().orElseThrow());
    }
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append("%%%02x".formatted(each & 0xff));
    }
    return encoded.toString();
  }

  private static void decode(String text) {
    try {
      PercentCode.decode(text);
    } catch (IllegalArgumentException refused) {
      return;
    }
  }

  private static void authority(String text) {
    try {
      Authority authority = Authority.parse(text);
      String host =
          authority.host().contains(":") ? "[" + authority.host() + "]" : authority.host();
      assertEquals(authority.host(), Authority.parse(host).host());
      assertTrue(authority.port().orElse(0) <= 65_535);
      authority.isLoopback();
    } catch (IllegalArgumentException refused) {
      return;
    }
  }

  private static void query(String text) {
    try {
      QueryString query = QueryString.parse(text);
      KeyParameters keys = new KeyParameters(query);
      attempt(() ->
          new PatternParameters(query, JsonBody.EMPTY, true, KeyPattern.MOST_STEPS).optional());
      attempt(() ->
          new PatternParameters(query, JsonBody.EMPTY, false, KeyPattern.MOST_STEPS).optional());
      attempt(keys::delimiter);
      attempt(keys::levelOrder);
      attempt(() -> keys.filter(List.of()));
      attempt(() -> {
        KeyFilter filter = keys.filter(SERVERS);
        KeyParameters.words(filter);
        keys.page(filter, OptionalInt.of(5));
      });
      attempt(() -> UntakenNames.hint(query));
      attempt(() -> query.number("limit", 0, 10));
    } catch (RequestRejected refused) {
      return;
    }
  }

  private static void attempt(Runnable parsing) {
    try {
      parsing.run();
    } catch (RequestRejected refused) {
      return;
    }
  }

  static Stream<FuzzSeed> seeds() {
    return FuzzSeed.of(RequestTextFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void seedHolds(FuzzSeed seed) {
    fuzzerTestOneInput(seed.bytes());
  }
}
