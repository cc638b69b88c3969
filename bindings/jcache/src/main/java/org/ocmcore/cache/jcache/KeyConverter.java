package org.ocmcore.cache.jcache;

/**
 * Converts the keys of a JCache to text and back. Equal keys must give equal text, and other keys
 * other text. Any number of threads may call both methods.
 */
public interface KeyConverter {
  /**
   * The text of a key: at most about 200 bytes of UTF-8, without spaces and control characters.
   *
   * @param type the key type of the JCache
   * @throws IllegalArgumentException if this converter does not know the key
   */
  String toText(Object key, Class<?> type);

  /**
   * The key with this text.
   *
   * @param type the key type of the JCache
   * @throws IllegalArgumentException if this is no text of a key
   */
  Object toKey(String text, Class<?> type);

  /**
   * Converts keys of the types String, Integer, Long and UUID. The JCache must be configured with
   * one of these as its key type ({@code setTypes}).
   */
  static KeyConverter plain() {
    return PlainKeys.INSTANCE;
  }
}
