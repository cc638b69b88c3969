package org.ocmcore.cache.domain.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.entry.SkipReason;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;

class CacheExceptionTest {
  private static final String HOSTILE = "a\nb\r\u001b[31m\u0085\u2028\u2029";

  static List<Class<?>> failures() {
    return List.of(CacheException.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failuresAreFinalWithOneLineMessages(Class<?> failure) throws ReflectiveOperationException {
    assertTrue(Modifier.isFinal(failure.getModifiers()));
    for (Constructor<?> constructor : failure.getConstructors()) {
      Object[] arguments = Arrays.stream(constructor.getParameterTypes())
          .map(CacheExceptionTest::sample)
          .toArray();
      String message = ((CacheException) constructor.newInstance(arguments)).getMessage();
      assertFalse(message.isBlank());
      assertEquals(1, message.split("\\R", -1).length, message);
      assertTrue(message.codePoints().noneMatch(Character::isISOControl), message);
    }
  }

  private static Object sample(Class<?> type) {
    if (type == String.class) {
      return HOSTILE;
    }
    if (type == Optional.class) {
      return Optional.of(HOSTILE);
    }
    if (type == long.class) {
      return 7L;
    }
    if (type == Duration.class) {
      return Duration.ofSeconds(3);
    }
    if (type == CacheKey.class) {
      return CacheKey.ofBytes(new byte[] {'a', 0x1b, 0x0b, (byte) 0xc2, (byte) 0x85});
    }
    if (type == AppName.class) {
      return new AppName(HOSTILE);
    }
    if (type == List.class) {
      return List.of(new StoreUnavailable("a:1", HOSTILE, HOSTILE));
    }
    if (type == SortedMap.class) {
      return new TreeMap<>(Map.of(SkipReason.EXISTS, 3L));
    }
    if (type == Throwable.class) {
      return new IllegalStateException(HOSTILE);
    }
    throw new AssertionError("say how to make a " + type);
  }

  @Test
  void incompleteBulkNamesCountsAndFailedServers() {
    StoreUnavailable one = new StoreUnavailable("a:1", "delete", "connection refused");
    StoreUnavailable two = new StoreUnavailable("b:1", "delete", "no answer within 2 s");
    BulkIncomplete failure = new BulkIncomplete("delete", 3, 10, List.of(one, two));
    assertEquals(
        "delete stopped after 3 of 10 keys: a:1: delete failed: connection refused; "
            + "b:1: delete failed: no answer within 2 s",
        failure.getMessage());
    assertEquals(3, failure.done());
    assertEquals(10, failure.matched());
    assertSame(one, failure.getCause());
  }

  @Test
  void anUnavailableStoreNamesServerReasonAndCause() {
    Exception cause = new Exception("cause");
    StoreUnavailable failure = new StoreUnavailable("a:1", "get of key 'k'", "timed out", cause);
    assertEquals("a:1: get of key 'k' failed: timed out", failure.getMessage());
    assertEquals("a:1", failure.server());
    assertEquals("timed out", failure.reason());
    assertSame(cause, failure.getCause());
  }

  @Test
  void tooManyKeysNamesTheirNumber() {
    TooManyKeys failure = new TooManyKeys(8, 7);
    assertEquals(8, failure.matched());
    assertEquals("8 keys match, at most 7 are allowed; nothing was changed", failure.getMessage());
  }
}
