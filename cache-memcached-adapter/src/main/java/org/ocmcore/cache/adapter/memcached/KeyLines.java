package org.ocmcore.cache.adapter.memcached;

import java.util.Arrays;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * Reads the lines of {@code lru_crawler metadump}, without a text for each: there are millions. For
 * one thread.
 */
final class KeyLines {
  private static final int MAX_DIGITS = 12;
  private static final long NEVER = -1;
  private static final long ABSENT = -2;

  /** By at most this many seconds two clocks differ that tell whole seconds and agree. */
  private static final long CLOCK_NOISE = 2;

  private final String server;
  private final long serverTime;
  private final long offset;
  private final byte[] key = new byte[CacheKey.MAX_BYTES];
  private int keyLength;
  private byte[] line;
  private int at;
  private int end;
  private Expiry lastExpiry = Expiry.NEVER;

  /**
   * @param serverTime seconds since the epoch by the server's clock
   * @param ourTime the same by ours
   */
  KeyLines(String server, long serverTime, long ourTime) {
    this.server = server;
    this.serverTime = serverTime;
    long difference = serverTime - ourTime;
    this.offset = Math.abs(difference) <= CLOCK_NOISE ? 0 : difference;
  }

  /**
   * The key that a line tells of, or null if it has expired.
   *
   * @throws Rubbish if it is no such line
   */
  KeyInfo parse(byte[] bytes, int from, int to) throws Rubbish {
    line = bytes;
    at = from;
    end = to;
    long expiry = ABSENT;
    long lastAccess = ABSENT;
    long size = ABSENT;
    if (!fieldIs("key=")) {
      throw Rubbish.of(bytes, from, to);
    }
    if (!readKey()) {
      throw Rubbish.of(bytes, from, to);
    }
    while (at < end) {
      at++;
      if (fieldIs("exp=")) {
        expiry = number(from);
      } else if (fieldIs("la=")) {
        lastAccess = number(from);
      } else if (fieldIs("size=")) {
        size = number(from);
      } else {
        skipField();
      }
    }
    if (expiry == ABSENT || size < 0) {
      throw Rubbish.of(bytes, from, to);
    }
    if (expiry != NEVER && expiry <= serverTime) {
      return null;
    }
    return new KeyInfo(
        key(from),
        expiry == NEVER ? Expiry.NEVER : expiry(expiry - offset),
        size,
        lastAccess < 0 ? KeyInfo.UNKNOWN : lastAccess - offset,
        false,
        server);
  }

  private CacheKey key(int lineStart) throws Rubbish {
    try {
      return CacheKey.ofBytes(Arrays.copyOf(key, keyLength));
    } catch (IllegalArgumentException e) {
      throw Rubbish.of(line, lineStart, end);
    }
  }

  private Expiry expiry(long epochSecond) {
    // Neighbours often end in the same second.
    if (lastExpiry.epochSecond() != epochSecond) {
      lastExpiry = new Expiry(epochSecond);
    }
    return lastExpiry;
  }

  private boolean fieldIs(String name) {
    if (end - at < name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (line[at + i] != name.charAt(i)) {
        return false;
      }
    }
    at += name.length();
    return true;
  }

  private boolean readKey() {
    keyLength = 0;
    while (at < end && line[at] != ' ') {
      int b = line[at++];
      if (b == '%') {
        if (end - at < 2) {
          return false;
        }
        int high = Character.digit(line[at++], 16);
        int low = Character.digit(line[at++], 16);
        if (high < 0 || low < 0) {
          return false;
        }
        b = high << 4 | low;
      }
      if (keyLength == key.length) {
        return false;
      }
      key[keyLength++] = (byte) b;
    }
    return keyLength > 0;
  }

  private long number(int lineStart) throws Rubbish {
    boolean negative = at < end && line[at] == '-';
    int start = negative ? ++at : at;
    long number = 0;
    while (at < end && line[at] >= '0' && line[at] <= '9') {
      number = 10 * number + line[at++] - '0';
      if (at - start > MAX_DIGITS) {
        throw Rubbish.of(line, lineStart, end);
      }
    }
    if (at == start || at < end && line[at] != ' ' || negative && number != 1) {
      throw Rubbish.of(line, lineStart, end);
    }
    return negative ? NEVER : number;
  }

  private void skipField() {
    while (at < end && line[at] != ' ') {
      at++;
    }
  }
}
