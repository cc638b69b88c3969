package org.ocmcore.cache.adapter.memcached;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Writes the lines of meta commands to a buffer (memcached doc/protocol.txt, "Meta Commands"). The
 * value of {@code ms} is not part of the line.
 *
 * <p>A key is written in base64 only if it needs encoding, because base64 makes a long key longer
 * than the server accepts. Each method writes at most {@link #maxBytes} bytes.
 *
 * <p>The opaque is at least 0; the server repeats it and the key in its response. {@code me} and
 * {@code mn} carry no opaque.
 */
final class MetaRequestWriter {
  /** The length in bytes of what {@link #writeLineEnd} writes. */
  static final int LINE_END_BYTES = 2;

  /** An upper bound for command, numbers and flags together, in bytes. */
  private static final int MAX_BYTES_WITHOUT_KEY = 128;

  /** The digits of the largest number. */
  private static final int MAX_DIGITS = 19;

  /** The maximum length of any line, in bytes. */
  static final int MAX_BYTES = maxBytes(CacheKey.MAX_BYTES);

  private static final byte[] GET = ascii("mg ");
  private static final byte[] DEBUG = ascii("me ");
  private static final byte[] DELETE = ascii("md ");
  private static final byte[] SET = ascii("ms ");
  private static final byte[] ARITHMETIC = ascii("ma ");
  private static final byte[] VALUE_AND_METADATA = ascii(" f t v c s");
  private static final byte[] TTL_WITHOUT_UPDATE = ascii(" t c u");
  private static final byte[] CAS = ascii(" c");
  private static final byte[] MARK_AS_STALE = ascii(" I");
  private static final byte[] COMPARE_CAS = ascii(" C");
  private static final byte[] CREATE_WITH_TTL = ascii(" N");
  private static final byte[] INITIAL = ascii(" J");
  private static final byte[] DELTA = ascii(" D");
  private static final byte[] MODE_INCREMENT = ascii(" MI v");
  private static final byte[] MODE_DECREMENT = ascii(" MD v");
  private static final byte[] TTL = ascii(" T");
  private static final byte[] FLAGS = ascii(" F");
  private static final byte[] MODE_ADD = ascii(" ME");
  private static final byte[] MODE_SET = ascii(" MS");
  private static final byte[] MODE_REPLACE = ascii(" MR");
  private static final byte[] KEY_IS_BASE64 = ascii(" b");

  /**
   * The {@code b} flag of {@code me}, twice: release 1.6.45 ignores the flag if nothing follows it,
   * and all other releases ignore the second one.
   */
  private static final byte[] DEBUG_KEY_IS_BASE64 = ascii(" b b");

  /** A damaged request could name another key; the response says which key it is about. */
  private static final byte[] REPEAT_KEY = ascii(" k");

  private static final byte[] QUIET = ascii(" q");
  private static final byte[] OPAQUE = ascii(" O");
  private static final byte[] NO_OP = ascii("mn\r\n");

  private MetaRequestWriter() {}

  /** Returns the maximum length in bytes of a line for a key of {@code keyLength} bytes. */
  static int maxBytes(int keyLength) {
    // Base64 turns 3 bytes into 4 and rounds up.
    return MAX_BYTES_WITHOUT_KEY + 2 * keyLength;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static void writeGet(ByteBuffer out, CacheKey key, long opaque) {
    boolean encoded = writeCommandAndKey(out, GET, key);
    out.put(VALUE_AND_METADATA);
    writeEnd(out, encoded, opaque);
  }

  /**
   * Adds the delta; an absent item becomes the delta, or 0 if the delta is negative.
   *
   * @param ttl of an item that is created, from {@link TtlEncoder#encode}
   */
  static void writeArithmetic(ByteBuffer out, CacheKey key, long delta, long ttl, long opaque) {
    boolean encoded = writeCommandAndKey(out, ARITHMETIC, key);
    writeNumber(out.put(CREATE_WITH_TTL), ttl);
    writeNumber(out.put(INITIAL), Math.max(0, delta));
    out.put(DELTA).put(ascii(Long.toUnsignedString(delta < 0 ? -delta : delta)));
    out.put(delta < 0 ? MODE_DECREMENT : MODE_INCREMENT);
    writeEnd(out, encoded, opaque);
  }

  /** Asks for the TTL, and for the CAS unique to give back a token. */
  static void writePeek(ByteBuffer out, CacheKey key, long opaque) {
    boolean encoded = writeCommandAndKey(out, GET, key);
    out.put(TTL_WITHOUT_UPDATE);
    writeEnd(out, encoded, opaque);
  }

  /** Deletes the item if it has this CAS unique. */
  static void writeDelete(ByteBuffer out, CacheKey key, long cas, long opaque) {
    boolean encoded = writeCommandAndKey(out, DELETE, key);
    writeNumber(out.put(COMPARE_CAS), cas);
    writeEnd(out, encoded, opaque);
  }

  static void writeDebug(ByteBuffer out, CacheKey key) {
    if (writeCommandAndKey(out, DEBUG, key)) {
      out.put(DEBUG_KEY_IS_BASE64);
    }
    writeLineEnd(out);
  }

  /** @param ttl from {@link TtlEncoder#encode} */
  static void writeTouch(ByteBuffer out, CacheKey key, long ttl, long opaque) {
    boolean encoded = writeCommandAndKey(out, GET, key);
    writeNumber(out.put(TTL), ttl);
    out.put(CAS);
    writeEnd(out, encoded, opaque);
  }

  /** Marks the item as stale if it has this CAS unique. */
  static void writeReturnToken(ByteBuffer out, CacheKey key, long cas, long opaque) {
    boolean encoded = writeCommandAndKey(out, DELETE, key);
    out.put(MARK_AS_STALE);
    writeNumber(out.put(COMPARE_CAS), cas);
    writeEnd(out, encoded, opaque);
  }

  /** @param quiet whether a success is not answered */
  static void writeDelete(ByteBuffer out, CacheKey key, boolean quiet, long opaque) {
    boolean encoded = writeCommandAndKey(out, DELETE, key);
    writeQuiet(out, quiet);
    writeEnd(out, encoded, opaque);
  }

  /**
   * Writes the line only: the caller adds the value and a {@link #writeLineEnd line end}.
   *
   * @param ttl from {@link TtlEncoder#encode}
   * @param quiet whether a success is not answered
   */
  static void writeSet(
      ByteBuffer out,
      CacheKey key,
      CacheValue value,
      long ttl,
      boolean onlyAbsent,
      boolean quiet,
      long opaque) {
    writeSet(out, key, value, ttl, onlyAbsent ? MODE_ADD : MODE_SET, quiet, opaque);
  }

  /** Writes the line only, as {@link #writeSet} does, for an item that must exist. */
  static void writeSetPresent(
      ByteBuffer out, CacheKey key, CacheValue value, long ttl, long opaque) {
    writeSet(out, key, value, ttl, MODE_REPLACE, false, opaque);
  }

  private static void writeSet(
      ByteBuffer out,
      CacheKey key,
      CacheValue value,
      long ttl,
      byte[] mode,
      boolean quiet,
      long opaque) {
    boolean encoded = writeCommandAndKey(out, SET, key);
    writeNumber(out.put((byte) ' '), value.length());
    writeNumber(out.put(FLAGS), value.flags());
    writeNumber(out.put(TTL), ttl);
    out.put(mode);
    writeQuiet(out, quiet);
    writeEnd(out, encoded, opaque);
  }

  /**
   * Writes the line only, as {@link #writeSet} does.
   *
   * @param cas the CAS unique that the item must still have
   */
  static void writeReplace(
      ByteBuffer out, CacheKey key, CacheValue value, long ttl, long cas, long opaque) {
    boolean encoded = writeCommandAndKey(out, SET, key);
    writeNumber(out.put((byte) ' '), value.length());
    writeNumber(out.put(FLAGS), value.flags());
    writeNumber(out.put(TTL), ttl);
    writeNumber(out.put(COMPARE_CAS), cas);
    writeEnd(out, encoded, opaque);
  }

  static void writeNoOp(ByteBuffer out) {
    out.put(NO_OP);
  }

  /** Writes CR LF. */
  static void writeLineEnd(ByteBuffer out) {
    out.put((byte) '\r').put((byte) '\n');
  }

  private static boolean writeCommandAndKey(ByteBuffer out, byte[] command, CacheKey key) {
    boolean encoded = key.needsEncoding();
    out.put(command);
    if (encoded) {
      out.put(Base64.getEncoder().encode(key.bytes()));
    } else {
      key.appendTo(out);
    }
    return encoded;
  }

  private static void writeQuiet(ByteBuffer out, boolean quiet) {
    if (quiet) {
      out.put(QUIET);
    }
  }

  private static void writeEnd(ByteBuffer out, boolean encoded, long opaque) {
    if (encoded) {
      out.put(KEY_IS_BASE64);
    }
    writeNumber(out.put(REPEAT_KEY).put(OPAQUE), opaque);
    writeLineEnd(out);
  }

  /** @param number at least 0 */
  private static void writeNumber(ByteBuffer out, long number) {
    int digits = 1;
    for (long limit = 10; digits < MAX_DIGITS && number >= limit; limit *= 10) {
      digits++;
    }
    int start = out.position();
    long rest = number;
    for (int left = digits; left > 0; left--) {
      out.put(start + left - 1, (byte) ('0' + rest % 10));
      rest /= 10;
    }
    out.position(start + digits);
  }
}
