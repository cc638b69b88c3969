package org.ocmcore.cache.jackson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.memory.MemoryStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.TypeRef;
import org.ocmcore.cache.domain.client.Versioned;
import org.ocmcore.cache.domain.error.UnexpectedValue;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

final class JacksonCodecTest {
  private static final Duration HOUR = Duration.ofHours(1);

  enum Size {
    SMALL,
    LARGE
  }

  record User(String name, int visits) {}

  record Order(
      Size size,
      Optional<String> note,
      Instant placed,
      LocalDate due,
      Duration patience,
      List<User> users,
      Map<Integer, Size> sizes,
      double weight) {}

  private static final Order ORDER = new Order(
      Size.LARGE,
      Optional.of("fragile"),
      Instant.parse("2026-11-01T10:15:30.123456789Z"),
      LocalDate.of(2026, 12, 24),
      Duration.ofMinutes(90),
      List.of(new User("Ada", 3), new User("Zoë 😀", 0)),
      Map.of(7, Size.SMALL),
      0.1);

  private final Cache cache = cache(JacksonCodec.create());

  private static Cache cache(JacksonCodec codec) {
    return Cache.builder(MemoryStore.open()).codec(codec).build();
  }

  @AfterEach
  void close() {
    cache.close();
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  private UnexpectedValue failsToRead(String json, Class<?> type) {
    cache.set("k", json, HOUR);
    UnexpectedValue failure = assertThrows(UnexpectedValue.class, () -> cache.get("k", type));
    assertEquals("k", failure.key());
    assertEquals(Optional.of(json), cache.get("k", String.class));
    return failure;
  }

  @Test
  void recordsComeBackAsTheyWere() {
    cache.set("k", ORDER, HOUR);
    assertEquals(Optional.of(ORDER), cache.get("k", Order.class));
  }

  @Test
  void numbersThatAreNoneComeBack() {
    for (double weight :
        List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0)) {
      Order order = new Order(null, Optional.empty(), null, null, null, null, null, weight);
      cache.set("k", order, HOUR);
      assertEquals(Optional.of(order), cache.get("k", Order.class));
    }
  }

  @Test
  void typeArgumentsComeBack() {
    Map<String, List<Versioned<User>>> users =
        Map.of("a", List.of(new Versioned<>(new User("Ada", 3), 9)), "b", List.of());
    cache.set("k", users, HOUR);
    assertEquals(
        Optional.of(users), cache.get("k", new TypeRef<Map<String, List<Versioned<User>>>>() {}));
  }

  @Test
  void enumsAndArraysComeBack() {
    cache.set("k", Size.SMALL, HOUR);
    assertEquals(Optional.of(Size.SMALL), cache.get("k", Size.class));
    cache.set("k", new int[] {1, 2}, HOUR);
    assertEquals(2, cache.get("k", int[].class).orElseThrow()[1]);
  }

  @Test
  void mapsKeepTheirOrder() {
    Map<String, Integer> map = new LinkedHashMap<>();
    map.put("z", 1);
    map.put("a", 2);
    cache.set("k", map, HOUR);
    Map<String, Integer> read =
        cache.get("k", new TypeRef<Map<String, Integer>>() {}).orElseThrow();
    assertEquals(List.of("z", "a"), new ArrayList<>(read.keySet()));
  }

  @Test
  void jsonIsPlainSortedAndIso() {
    assertEquals(
        "{\"due\":\"2026-12-24\",\"note\":\"fragile\",\"patience\":\"PT1H30M\","
            + "\"placed\":\"2026-11-01T10:15:30.123456789Z\",\"size\":\"LARGE\","
            + "\"sizes\":{\"7\":\"SMALL\"},\"users\":[{\"name\":\"Ada\",\"visits\":3},"
            + "{\"name\":\"Zoë 😀\",\"visits\":0}],\"weight\":0.1}",
        text(JacksonCodec.create().encode(ORDER)));
  }

  @Test
  void unknownPropertiesAreIgnored() {
    cache.set("k", "{\"name\":\"Ada\",\"visits\":3,\"title\":{\"x\":[1]}}", HOUR);
    assertEquals(Optional.of(new User("Ada", 3)), cache.get("k", User.class));
  }

  @Test
  void missingPropertiesAreNullOrZero() {
    cache.set("k", "{}", HOUR);
    assertEquals(Optional.of(new User(null, 0)), cache.get("k", User.class));
    assertEquals(Optional.empty(), cache.get("k", Order.class).orElseThrow().note());
  }

  @Test
  void jsonNullIsNoValue() {
    cache.set("k", " null ", HOUR);
    assertEquals(Optional.empty(), cache.get("k", User.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "Ada",
        "3",
        "\"Ada\"",
        "[]",
        "{\"name\":\"Ada\",\"visits\":null}",
        "{\"name\":\"Ada\",\"visits\":\"3\"}",
        "{\"name\":\"Ada\",\"visits\":3.5}",
        "{\"name\":\"Ada\",\"visits\":3} {}",
        "{\"name\":\"Ada\",\"visits\":3}}",
        "null null"
      })
  void otherValuesAreErrors(String json) {
    failsToRead(json, User.class);
  }

  @Test
  void errorsDoNotShowTheValue() {
    UnexpectedValue failure = failsToRead("{\"name\":{\"secret\":1}}", User.class);
    assertTrue(failure.getMessage().contains("'k'"), failure.getMessage());
    assertTrue(failure.getMessage().contains(User.class.getName()), failure.getMessage());
    assertEquals(-1, failure.getMessage().indexOf("secret"));
  }

  @Test
  void unknownEnumConstantsAreErrors() {
    failsToRead("\"HUGE\"", Size.class);
    failsToRead("0.5", Size.class);
  }

  @Test
  void bytesThatAreNoTextAreErrors() {
    cache.set("k", new byte[] {'"', (byte) 0xC3, '"', (byte) 0xFF}, HOUR);
    assertThrows(UnexpectedValue.class, () -> cache.get("k", User.class));
  }

  @Test
  void valuesThatContainThemselvesAreRejected() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    assertThrows(IllegalArgumentException.class, () -> cache.set("k", list, HOUR));
    assertEquals(Optional.empty(), cache.get("k", String.class));
  }

  @Test
  void anApplicationsMapperIsUsed() {
    JsonMapper mapper = JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
        .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
    try (Cache own = cache(JacksonCodec.of(mapper))) {
      own.set("k", new User("Ada", 3), HOUR);
      assertEquals(Optional.of("{\"Name\":\"Ada\",\"Visits\":3}"), own.get("k", String.class));
      assertEquals(Optional.of(new User("Ada", 3)), own.get("k", User.class));
      own.set("k", "{\"Name\":\"Ada\",\"Visits\":3} 1", HOUR);
      assertThrows(UnexpectedValue.class, () -> own.get("k", User.class));
    }
  }
}
