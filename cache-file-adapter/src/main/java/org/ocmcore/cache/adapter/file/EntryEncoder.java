package org.ocmcore.cache.adapter.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.port.DumpEntry;

/**
 * Writes entries as lines of JSON into memory. By hand, since every byte of a dump passes here:
 * text is checked, escaped and copied in one go. For one thread.
 */
final class EntryEncoder {
  static final byte[] KEY = DumpFormat.ascii("{\"key\":\"");
  static final byte[] KEY_BASE64 = DumpFormat.ascii("{\"key_base64\":\"");
  static final byte[] VALUE = DumpFormat.ascii("\",\"value\":\"");
  static final byte[] VALUE_BASE64 = DumpFormat.ascii("\",\"value_base64\":\"");
  static final byte[] FLAGS = DumpFormat.ascii("\",\"flags\":");
  static final byte[] EXPIRES_AT = DumpFormat.ascii(",\"expires_at\":");
  static final byte[] SIZE = DumpFormat.ascii(",\"size\":");
  static final byte[] LAST_ACCESS = DumpFormat.ascii(",\"last_access\":");
  static final byte[] NULL = DumpFormat.ascii("null");
  static final byte[] END = {'}'};

  /** What is not a key or a value, and a margin, takes fewer bytes. */
  private static final int OVERHEAD = 256;

  /** So many bytes of text are taken at a time: each may become two. */
  private static final int STEP = 4_096;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Times a byte, it is eight of that. */
  private static final long ONES = 0x0101_0101_0101_0101L;

  private byte[] bytes = new byte[DumpFormat.BLOCK + DumpFormat.CHUNK];
  private int length;

  /** How many bytes there are. */
  int length() {
    return length;
  }

  /** The bytes, of which {@link #length} count; valid until more is added. */
  byte[] bytes() {
    return bytes;
  }

  /** Forgets what was written; gives memory back that a large entry took. */
  void clear() {
    if (bytes.length > 4 * DumpFormat.BLOCK) {
      bytes = new byte[DumpFormat.BLOCK + DumpFormat.CHUNK];
    }
    length = 0;
  }

  /** Adds bytes as they are. */
  void add(byte[] more) {
    ensure(more.length);
    put(more);
  }

  /** Adds a line; returns false, and adds nothing, if it would be too long. */
  boolean add(DumpEntry dumped) {
    CacheEntry entry = dumped.entry();
    int start = length;
    if (entry.size() > DumpFormat.MAX_LINE) {
      return false;
    }
    ensure(OVERHEAD);
    content(entry.key().buffer(), KEY, KEY_BASE64);
    content(entry.value().buffer(), VALUE, VALUE_BASE64);
    ensure(OVERHEAD);
    put(FLAGS);
    number(entry.value().flags());
    put(EXPIRES_AT);
    if (entry.expiry().isNever()) {
      put(NULL);
    } else {
      number(entry.expiry().epochSecond());
    }
    put(SIZE);
    number(entry.size());
    put(LAST_ACCESS);
    if (dumped.lastAccess() == KeyInfo.UNKNOWN) {
      put(NULL);
    } else {
      number(dumped.lastAccess());
    }
    put(END);
    bytes[length++] = '\n';
    if (length - start > DumpFormat.MAX_LINE) {
      length = start;
      return false;
    }
    return true;
  }

  private void content(ByteBuffer content, byte[] textStart, byte[] base64Start) {
    byte[] copy = new byte[content.remaining()];
    content.get(copy);
    int start = length;
    ensure(OVERHEAD);
    put(textStart);
    if (!text(copy)) {
      length = start;
      put(base64Start);
      byte[] encoded = Base64.getEncoder().encode(copy);
      ensure(encoded.length);
      put(encoded);
    }
  }

  /**
   * Writes text; returns false, wherever it stands then, if the bytes are not UTF-8 (RFC 3629), or
   * contain control characters that people would not read.
   */
  private boolean text(byte[] content) {
    int at = 0;
    while (at < content.length) {
      ensure(2 * STEP + OVERHEAD);
      int limit = Math.min(content.length, at + STEP);
      while (at < limit) {
        at = plain(content, at, limit);
        if (at == limit) {
          break;
        }
        int first = content[at];
        if (first >= 0) {
          if (!escape(first)) {
            return false;
          }
          at++;
        } else {
          int count = Utf8.sequence(content, at, content.length);
          if (count == 0) {
            return false;
          }
          for (int i = 0; i < count; i++) {
            bytes[length++] = content[at++];
          }
        }
      }
    }
    return true;
  }

  /** Writes bytes up to the first that does not stand for itself; returns where that is. */
  private int plain(byte[] content, int from, int to) {
    int at = from;
    while (at <= to - Long.BYTES) {
      long eight = (long) EIGHT.get(content, at);
      // There is room for all of them; those that do not count are overwritten.
      EIGHT.set(bytes, length, eight);
      long special = special(eight);
      if (special != 0) {
        int count = Long.numberOfTrailingZeros(special) >>> 3;
        length += count;
        return at + count;
      }
      at += Long.BYTES;
      length += Long.BYTES;
    }
    while (at < to && isPlain(content[at])) {
      bytes[length++] = content[at++];
    }
    return at;
  }

  /**
   * Sets the highest bit of each byte that is not plain. Of plain bytes only those may be set, too,
   * that lie above such a one, since a subtraction borrows upwards.
   */
  private static long special(long eight) {
    long quotes = eight ^ '"' * ONES;
    long backslashes = eight ^ '\\' * ONES;
    return (eight
            | eight - ' ' * ONES & ~eight
            | quotes - ONES & ~quotes
            | backslashes - ONES & ~backslashes)
        & 0x80 * ONES;
  }

  private static boolean isPlain(byte character) {
    return character >= ' ' && character != '"' && character != '\\';
  }

  private boolean escape(int character) {
    int escape = switch (character) {
      case '"', '\\' -> character;
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      default -> 0;
    };
    if (escape == 0) {
      return false;
    }
    bytes[length++] = '\\';
    bytes[length++] = (byte) escape;
    return true;
  }

  private void number(long number) {
    if (number >= 0 && number < 10) {
      bytes[length++] = (byte) ('0' + number);
      return;
    }
    if (number < 0) {
      put(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
      return;
    }
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    long rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void put(byte[] more) {
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + (bytes.length >> 1)));
    }
  }
}
