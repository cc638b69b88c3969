package org.ocmcore.cache.jcache;

import domain.Identifier;
import java.util.Date;

/** The TCK's types of keys, each with a letter before its text. */
final class TckKeys implements KeyConverter {
  @Override
  public String toText(Object key, Class<?> type) {
    if (key instanceof String text) {
      return "S" + PlainKeys.escape(text);
    }
    if (key instanceof Integer number) {
      return "I" + number;
    }
    if (key instanceof Long number) {
      return "L" + number;
    }
    if (key instanceof Date date) {
      return "T" + date.getTime();
    }
    if (key instanceof Identifier identifier) {
      return "N" + PlainKeys.escape(identifier.toString());
    }
    throw new IllegalArgumentException("no text for a key of " + key.getClass());
  }

  @Override
  public Object toKey(String text, Class<?> type) {
    String rest = text.substring(1);
    return switch (text.charAt(0)) {
      case 'S' -> KeyConverter.plain().toKey(rest, String.class);
      case 'I' -> Integer.valueOf(rest);
      case 'L' -> Long.valueOf(rest);
      case 'T' -> new Date(Long.parseLong(rest));
      case 'N' -> new Identifier((String) KeyConverter.plain().toKey(rest, String.class));
      default -> throw new IllegalArgumentException("no key has the text " + text);
    };
  }
}
