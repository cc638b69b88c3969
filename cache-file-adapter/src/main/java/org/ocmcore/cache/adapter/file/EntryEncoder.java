package org.ocmcore.cache.adapter.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.PlainText;
import org.ocmcore.cache.domain.port.DumpEntry;

/**
 * Encodes entries as lines of JSON in memory. Without a library, since every byte of a dump passes
 * here: text is checked, escaped and copied in one pass. For one thread.
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
  static final byte[] END = {'}', '\n'};

  /** More bytes than all of a line except key and value, with a margin. */
  private static final int OVERHEAD = 256;

  /** The number of bytes of text to encode at once; each may become two. */
  private static final int STEP = 4_096;

  private byte[] bytes = new byte[DumpFormat.BLOCK + DumpFormat.CHUNK];
  private int length;

  /** The number of bytes so far. */
  int length() {
    return length;
  }

  /** An array whose first {@link #length} bytes are the text; valid until the next change. */
  byte[] bytes() {
    return bytes;
  }

  /** Removes all text, and releases the memory of a large entry. */
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
   * Appends text; returns false if the bytes are not UTF-8 (RFC 3629) or contain control characters
   * other than tab, CR and LF. Part of the text may be appended then.
   */
  private boolean text(byte[] content) {
    int at = 0;
    while (at < content.length) {
      ensure(2 * STEP + OVERHEAD);
      // Local variables, which are several times as fast as fields here.
      byte[] out = bytes;
      int end = length;
      int limit = Math.min(content.length, at + STEP);
      while (at < limit) {
        int plain = PlainText.length(content, at, limit);
        System.arraycopy(content, at, out, end, plain);
        at += plain;
        end += plain;
        if (at == limit) {
          break;
        }
        byte next = content[at];
        if (next >= 0) {
          int escape = escape(next);
          if (escape == 0) {
            return false;
          }
          out[end++] = '\\';
          out[end++] = (byte) escape;
          at++;
        } else {
          int count = Utf8.sequence(content, at, content.length);
          if (count == 0) {
            return false;
          }
          for (int i = 0; i < count; i++) {
            out[end++] = content[at++];
          }
        }
      }
      length = end;
    }
    return true;
  }

  /** The character behind the backslash that escapes a character; 0 if there is none. */
  private static int escape(int character) {
    return switch (character) {
      case '"', '\\' -> character;
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      default -> 0;
    };
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
