package org.ocmcore.cache.domain.client;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Function;

/** Numbers as decimal text, as memcached's own counters are. */
final class TextNumbers {
  private static final Map<Class<?>, Function<String, Number>> PARSERS = Map.of(
      Byte.class, Byte::valueOf,
      Short.class, Short::valueOf,
      Integer.class, Integer::valueOf,
      Long.class, Long::valueOf,
      Float.class, Float::valueOf,
      Double.class, Double::valueOf,
      BigInteger.class, BigInteger::new,
      BigDecimal.class, BigDecimal::new);

  private TextNumbers() {}

  static boolean isNumber(Class<?> type) {
    return PARSERS.containsKey(type);
  }

  /** @throws IllegalArgumentException if the text is no number of this type */
  static Number parse(String text, Class<?> type) {
    try {
      // memcached fills a counter that lost a digit with spaces (doc/protocol.txt,
      // "Increment/Decrement").
      return PARSERS.get(type).apply(text.stripTrailing());
    } catch (NumberFormatException e) {
      // The exception's message contains the value.
      throw new IllegalArgumentException(
          "it is no number that fits into a " + type.getSimpleName());
    }
  }
}
