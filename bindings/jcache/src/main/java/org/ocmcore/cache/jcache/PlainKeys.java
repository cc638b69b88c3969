package org.ocmcore.cache.jcache;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Keys whose type is known from the configuration. Immutable. */
enum PlainKeys implements KeyConverter {
  INSTANCE;

  /** Precedes an empty text, which is no key on a server; no other text begins with it. */
  private static final String EMPTY = "+";

  private static final Map<Class<?>, Function<String, Object>> PARSERS = Map.of(
      String.class, PlainKeys::unescape,
      Integer.class, Integer::valueOf,
      Long.class, Long::valueOf,
      UUID.class, UUID::fromString);

  @Override
  public String toText(Object key, Class<?> type) {
    parser(type);
    if (!type.isInstance(key)) {
      throw new IllegalArgumentException("the key '%s' is of type %s; the cache has keys of type %s"
          .formatted(key, key.getClass().getTypeName(), type.getTypeName()));
    }
    return key instanceof String text ? escape(text) : key.toString();
  }

  @Override
  public Object toKey(String text, Class<?> type) {
    return parser(type).apply(text);
  }

  private static Function<String, Object> parser(Class<?> type) {
    Function<String, Object> parser = PARSERS.get(type);
    if (parser == null) {
      throw new IllegalArgumentException(
          "keys of type %s cannot be converted; call setTypes with String, Integer, Long or UUID, or give JCacheSettings a KeyConverter"
              .formatted(type.getTypeName()));
    }
    return parser;
  }

  /** The same text without spaces, control characters and {@code :}. */
  static String escape(String text) {
    return text.isEmpty()
        ? EMPTY
        : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String unescape(String text) {
    return text.equals(EMPTY) ? "" : URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
