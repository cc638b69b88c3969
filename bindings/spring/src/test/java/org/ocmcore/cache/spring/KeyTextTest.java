package org.ocmcore.cache.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.key.CacheKey;
import org.springframework.cache.interceptor.SimpleKey;

class KeyTextTest {
  private final KeyText keys = new KeyText("users", 244);

  private enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "RED";
      }
    }
  }

  private record UserId(long id) {}

  @Test
  void stringsAreTheirOwnText() {
    for (String key : List.of("user:1", "ключ-🔑", "a/b?c=d&e", "null", "1")) {
      assertEquals(key, keys.of(key));
    }
  }

  @Test
  void otherKeysNameTheirType() {
    UUID id = new UUID(1, 2);
    assertEquals("~Long(1)", keys.of(1L));
    assertEquals("~UUID(" + id + ")", keys.of(id));
    assertEquals("~Enum(" + Color.class.getName() + ".GREEN)", keys.of(Color.GREEN));
    assertEquals("~()", keys.of(SimpleKey.EMPTY));
    assertEquals("~(a,~Integer(1),~null,~)", keys.of(new SimpleKey("a", 1, null, "")));
    assertEquals("~List(a,~List())", keys.of(List.of("a", List.of())));
  }

  @Test
  void forbiddenCharactersAreEscaped() {
    assertEquals("a%20b%0A%25", keys.of("a b\n%"));
    assertEquals("%u2028;%uD83D;%00", keys.of("\u2028\uD83D\0"));
    assertEquals("%7ELong%281%29", keys.of("~Long(1)"));
    assertEquals("~Character(%20)", keys.of(' '));
  }

  @Test
  void differentKeysHaveDifferentTexts() {
    List<Object> different = Arrays.asList(
        null,
        "",
        "null",
        "~",
        "~null",
        "~()",
        "%7E",
        "%",
        " ",
        "%20",
        "1",
        1,
        1L,
        (short) 1,
        (byte) 1,
        1.0,
        1f,
        BigInteger.ONE,
        BigDecimal.ONE,
        new BigDecimal("1.0"),
        '1',
        true,
        "true",
        "a,b",
        List.of("a", "b"),
        List.of("a,b"),
        List.of(List.of("a"), "b"),
        List.of(),
        List.of(""),
        new SimpleKey("a", "b"),
        new SimpleKey("a,b"),
        new SimpleKey("a, b"),
        new SimpleKey(List.of("a", "b")),
        new SimpleKey(""),
        SimpleKey.EMPTY,
        new SimpleKey((Object) null),
        new SimpleKey("", ""),
        Color.RED,
        Color.GREEN,
        "RED",
        Instant.EPOCH,
        LocalDate.EPOCH,
        Instant.EPOCH.toString(),
        new UUID(0, 1),
        new UUID(0, 1).toString(),
        "\u0085",
        "%u0085;",
        "%85",
        "a".repeat(300),
        "a".repeat(301),
        keys.of("a".repeat(300)));
    assertInjective(different);
  }

  private void assertInjective(List<?> different) {
    Map<String, Object> seen = new LinkedHashMap<>();
    for (Object key : different) {
      String text = keys.of(key);
      assertTrue(CacheKey.of(text).length() <= 244, text);
      if (seen.containsKey(text)) {
        assertEquals(seen.get(text), key, text);
      }
      seen.put(text, key);
    }
  }

  @Test
  void randomKeysHaveDifferentTexts() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      all.add(randomKey(random, 3));
    }
    try {
      assertInjective(all);
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private static Object randomKey(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 3 : 5);
    if (kind == 0) {
      return random.nextInt(5);
    }
    if (kind <= 2) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(4); i > 0; i--) {
        text.append("a1~%(), \n\u0085\uD83D\uDD11".charAt(random.nextInt(12)));
      }
      return text.toString();
    }
    Object[] parts = new Object[random.nextInt(3)];
    Arrays.setAll(parts, i -> randomKey(random, depth - 1));
    return kind == 3 ? List.of(parts) : new SimpleKey(parts);
  }

  @Test
  void longKeysBecomeTheirHash() {
    assertEquals("a".repeat(244), keys.of("a".repeat(244)));
    String hashed = keys.of("я".repeat(123));
    assertTrue(hashed.startsWith("~sha256("), hashed);
    assertEquals(KeyText.MIN_BYTES, hashed.getBytes(StandardCharsets.UTF_8).length);
    assertEquals(hashed, keys.of("я".repeat(123)));
    assertNotEquals(hashed, keys.of("я".repeat(124)));
  }

  @Test
  void keysWithoutATextAreRejected() {
    for (Object key : List.of(new Object(), new UserId(1), new int[] {1}, new StringBuilder())) {
      IllegalArgumentException rejected =
          assertThrows(IllegalArgumentException.class, () -> keys.of(new SimpleKey("a", key)));
      String message = rejected.getMessage();
      assertTrue(message.contains(key.getClass().getTypeName()), message);
      assertTrue(message.contains("\"users\"") && message.contains("KeyGenerator"), message);
    }
  }
}
