package org.ocmcore.cache.domain.client;

import java.lang.reflect.Type;

/**
 * Converts values to bytes and back. Text, bytes, numbers and booleans need no codec. Any number of
 * threads may call both methods.
 *
 * <p>A codec must not create objects of a class that the bytes name, as Java's serialization does:
 * the writer of a value could then choose the code that runs.
 */
public interface Codec {
  /**
   * The bytes of a value.
   *
   * @throws RuntimeException if this codec cannot convert it; the cache throws
   *     {@link IllegalArgumentException} then
   */
  byte[] encode(Object value);

  /**
   * The value of these bytes, of this type; null if the bytes mean that there is none, as JSON's
   * {@code null} does.
   *
   * @throws RuntimeException if the bytes are not a value of this type; the cache throws
   *     {@link org.ocmcore.cache.domain.error.UnexpectedValue} then
   */
  Object decode(byte[] bytes, Type type);
}
