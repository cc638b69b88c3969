package org.ocmcore.cache.spring;

import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.util.ReflectionUtils;

/**
 * Converts the keys of Spring to text. Equal keys have the same text in every process; different
 * keys have different texts.
 *
 * <p>A string is its own text, as long as it needs no escape. Others are {@code ~Long(1)},
 * {@code ~Enum(com.example.Color.RED)}, {@code ~List(a,b)}; a key of several arguments is
 * {@code ~(a,~Long(1))}. A text that is too long is replaced by its hash.
 */
final class KeyText {
  /** The bytes of {@code ~sha256(…)}, the least room that a key needs. */
  static final int MIN_BYTES = "~sha256()".length() + 43;

  /** Their {@code toString()} differs if they do. No two have the same simple name. */
  private static final Set<Class<?>> PLAIN = Set.of(
      Boolean.class,
      Character.class,
      Byte.class,
      Short.class,
      Integer.class,
      Long.class,
      Float.class,
      Double.class,
      BigInteger.class,
      BigDecimal.class,
      UUID.class,
      Instant.class,
      LocalDate.class,
      LocalDateTime.class);

  /** A key of several arguments gives them to nobody. */
  private static final Field ARGUMENTS = arguments();

  private final String cacheName;
  private final int maxBytes;

  /**
   * The keys of a cache.
   *
   * @param maxBytes the most bytes of a text, at least {@link #MIN_BYTES}
   */
  KeyText(String cacheName, int maxBytes) {
    this.cacheName = cacheName;
    this.maxBytes = maxBytes;
  }

  private static Field arguments() {
    Field field = ReflectionUtils.findField(SimpleKey.class, null, Object[].class);
    if (field == null) {
      throw new IllegalStateException(
          "Spring's SimpleKey has no array of arguments; use the version of Spring that"
              + " cache-spring names");
    }
    ReflectionUtils.makeAccessible(field);
    return field;
  }

  /**
   * The text of a key.
   *
   * @throws IllegalArgumentException if it has none
   */
  String of(Object key) {
    StringBuilder text = new StringBuilder();
    append(text, key);
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return bytes.length <= maxBytes ? text.toString() : "~sha256(" + hash(bytes) + ")";
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void append(StringBuilder text, Object key) {
    if (key == null) {
      text.append("~null");
    } else if (key instanceof String string) {
      appendString(text, string);
    } else if (key instanceof SimpleKey) {
      appendAll(text.append('~'), (Object[]) ReflectionUtils.getField(ARGUMENTS, key));
    } else if (key instanceof List<?> list) {
      appendAll(text.append("~List"), list.toArray());
    } else if (key instanceof Enum<?> constant) {
      String name = constant.getDeclaringClass().getName() + "." + constant.name();
      appendEscaped(text.append("~Enum("), name);
      text.append(')');
    } else if (PLAIN.contains(key.getClass())) {
      appendEscaped(text.append('~').append(key.getClass().getSimpleName()).append('('), key);
      text.append(')');
    } else {
      throw new IllegalArgumentException(
          ("a key of type %s of the cache \"%s\" has no text form; give @Cacheable a key such as"
                  + " key = \"#user.id\", or a KeyGenerator that returns a String")
              .formatted(key.getClass().getTypeName(), cacheName));
    }
  }

  private void appendAll(StringBuilder text, Object[] keys) {
    String separator = "(";
    for (Object key : keys) {
      append(text.append(separator), key);
      separator = ",";
    }
    text.append(keys.length == 0 ? "()" : ")");
  }

  private static void appendString(StringBuilder text, String string) {
    if (string.isEmpty()) {
      text.append('~');
    } else {
      appendEscaped(text, string);
    }
  }

  private static void appendEscaped(StringBuilder text, Object part) {
    part.toString().codePoints().forEach(character -> {
      if (!needsEscape(character)) {
        text.appendCodePoint(character);
      } else if (character < 0x80) {
        text.append("%%%02X".formatted(character));
      } else {
        text.append("%%u%04X;".formatted(character));
      }
    });
  }

  /** Whether it has a meaning here, or is not allowed in a key. */
  private static boolean needsEscape(int character) {
    return "%~(),".indexOf(character) >= 0
        || Character.isISOControl(character)
        || Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.getType(character) == Character.SURROGATE;
  }
}
