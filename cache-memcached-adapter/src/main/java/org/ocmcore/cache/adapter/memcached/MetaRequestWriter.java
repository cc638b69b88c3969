package org.ocmcore.cache.adapter.memcached;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Meta commands as they are sent, but for the value of one that stores (memcached doc/protocol.txt,
 * "Meta Commands"). Keys go raw unless they need encoding: in base64 a long one would be too long
 * for the server. Each method takes at most {@link #maxBytes}.
 *
 * <p>A number, at least 0, goes along as the opaque: the answer repeats it. {@code me} and
 * {@code mn} have none.
 */
final class MetaRequestWriter {
  /** The bytes of an {@link #end}. */
  static final int END = 2;

  /** More than command, numbers and flags take together. */
  private static final int WITHOUT_KEY = 80;

  /** The most that any of them takes. */
  static final int MAX_BYTES = maxBytes(CacheKey.MAX_BYTES);

  private static final byte[] GET = ascii("mg ");
  private static final byte[] DEBUG = ascii("me ");
  private static final byte[] DELETE = ascii("md ");
  private static final byte[] SET = ascii("ms ");
  private static final byte[] WITH_ALL = ascii(" f t v");
  private static final byte[] LIFETIME = ascii(" T");
  private static final byte[] FLAGS = ascii(" F");
  private static final byte[] IF_ABSENT = ascii(" ME");
  private static final byte[] IN_ANY_CASE = ascii(" MS");
  private static final byte[] IS_ENCODED = ascii(" b");

  /**
   * {@code me} of 1.6.45 overlooks the flag if nothing follows it; all others ignore the second.
   */
  private static final byte[] IS_ENCODED_TO_DEBUG = ascii(" b b");

  private static final byte[] OPAQUE = ascii(" O");
  private static final byte[] NOTHING = ascii("mn\r\n");

  private MetaRequestWriter() {}

  /** The most that one about a key of so many bytes takes. */
  static int maxBytes(int keyLength) {
    // In base64 it has four thirds, rounded up.
    return WITHOUT_KEY + 2 * keyLength;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static void read(ByteBuffer out, CacheKey key, long number) {
    boolean encoded = begin(out, GET, key);
    out.put(WITH_ALL);
    end(out, encoded, number);
  }

  static void find(ByteBuffer out, CacheKey key) {
    if (begin(out, DEBUG, key)) {
      out.put(IS_ENCODED_TO_DEBUG);
    }
    end(out);
  }

  /** @param ttl as {@link ServerLifetimes} tells it */
  static void touch(ByteBuffer out, CacheKey key, long ttl, long number) {
    boolean encoded = begin(out, GET, key);
    number(out.put(LIFETIME), ttl);
    end(out, encoded, number);
  }

  static void delete(ByteBuffer out, CacheKey key, long number) {
    boolean encoded = begin(out, DELETE, key);
    end(out, encoded, number);
  }

  /**
   * The bytes of the value must follow, and an {@link #end}.
   *
   * @param ttl as {@link ServerLifetimes} tells it
   */
  static void store(
      ByteBuffer out, CacheKey key, CacheValue value, long ttl, boolean onlyAbsent, long number) {
    boolean encoded = begin(out, SET, key);
    number(out.put((byte) ' '), value.length());
    number(out.put(FLAGS), value.flags());
    number(out.put(LIFETIME), ttl);
    out.put(onlyAbsent ? IF_ABSENT : IN_ANY_CASE);
    end(out, encoded, number);
  }

  static void nothing(ByteBuffer out) {
    out.put(NOTHING);
  }

  static void end(ByteBuffer out) {
    out.put((byte) '\r').put((byte) '\n');
  }

  private static boolean begin(ByteBuffer out, byte[] command, CacheKey key) {
    boolean encoded = key.needsEncoding();
    out.put(command);
    if (encoded) {
      out.put(Base64.getEncoder().encode(key.bytes()));
    } else {
      out.put(key.buffer());
    }
    return encoded;
  }

  private static void end(ByteBuffer out, boolean encoded, long number) {
    if (encoded) {
      out.put(IS_ENCODED);
    }
    number(out.put(OPAQUE), number);
    end(out);
  }

  /** @param number at least 0 */
  private static void number(ByteBuffer out, long number) {
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    int end = out.position() + digits;
    long rest = number;
    for (int at = end - 1; at >= out.position(); at--) {
      out.put(at, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    out.position(end);
  }
}
