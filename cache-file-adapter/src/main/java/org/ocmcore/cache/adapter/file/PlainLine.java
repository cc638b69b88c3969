package org.ocmcore.cache.adapter.file;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpEntry;

/**
 * Reads the line of an entry that stands exactly as {@link EntryEncoder} writes it, several times
 * as fast as a parser of any JSON. What differs in the least is left to {@link EntryLine}.
 */
final class PlainLine {
  /** No number of so many digits is too large for a long. */
  private static final int MAX_DIGITS = 18;

  private final byte[] text;
  private final int to;
  private int at;

  private PlainLine(byte[] text, int from, int to) {
    this.text = text;
    this.at = from;
    this.to = to;
  }

  /** The entry, or nothing if that takes another to read, or to tell what is wrong. */
  static Optional<DumpEntry> read(byte[] text, int from, int to) {
    if (to - from > DumpFormat.MAX_LINE) {
      return Optional.empty();
    }
    try {
      return Optional.of(new PlainLine(text, from, to).read());
    } catch (Unusual | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Carries nothing: it only ends the reading. */
  private static final class Unusual extends Exception {
    private static final long serialVersionUID = 1;
    static final Unusual UNUSUAL = new Unusual();

    private Unusual() {
      super(null, null, false, false);
    }
  }

  private DumpEntry read() throws Unusual {
    byte[] key = content(EntryEncoder.KEY, EntryEncoder.KEY_BASE64);
    byte[] value = content(EntryEncoder.VALUE, EntryEncoder.VALUE_BASE64);
    require(EntryEncoder.FLAGS);
    long flags = number();
    require(EntryEncoder.EXPIRES_AT);
    Expiry expiry = isNull() ? Expiry.NEVER : new Expiry(number());
    require(EntryEncoder.SIZE);
    number();
    require(EntryEncoder.LAST_ACCESS);
    long lastAccess = isNull() ? KeyInfo.UNKNOWN : number();
    require(EntryEncoder.END);
    if (at != to) {
      throw Unusual.UNUSUAL;
    }
    CacheKey cacheKey = CacheKey.ofBytes(key);
    return new DumpEntry(
        new CacheEntry(cacheKey, CacheValue.wrap(value, flags), expiry), lastAccess);
  }

  private boolean follows(byte[] expected) {
    int end = at + expected.length;
    if (end > to || !Arrays.equals(text, at, end, expected, 0, expected.length)) {
      return false;
    }
    at = end;
    return true;
  }

  private void require(byte[] expected) throws Unusual {
    if (!follows(expected)) {
      throw Unusual.UNUSUAL;
    }
  }

  private boolean isNull() {
    return follows(EntryEncoder.NULL);
  }

  private byte[] content(byte[] textStart, byte[] base64Start) throws Unusual {
    if (follows(textStart)) {
      return text();
    }
    require(base64Start);
    int from = at;
    while (at < to && text[at] != '"') {
      at++;
    }
    return Base64.getDecoder().decode(Arrays.copyOfRange(text, from, at));
  }

  /** Leaves the quote that ends it. */
  private byte[] text() throws Unusual {
    int from = at;
    int escapes = 0;
    while (at < to && text[at] != '"') {
      int character = text[at];
      if (character < 0) {
        int count = Utf8.sequence(text, at, to);
        if (count == 0) {
          throw Unusual.UNUSUAL;
        }
        at += count;
      } else if (character == '\\') {
        escapes++;
        at += 2;
      } else if (character < ' ') {
        throw Unusual.UNUSUAL;
      } else {
        at++;
      }
    }
    return escapes == 0 ? Arrays.copyOfRange(text, from, at) : unescaped(from, escapes);
  }

  private byte[] unescaped(int from, int escapes) throws Unusual {
    if (at >= to) {
      throw Unusual.UNUSUAL;
    }
    byte[] content = new byte[at - from - escapes];
    int i = from;
    for (int j = 0; j < content.length; j++) {
      content[j] = text[i++];
      if (content[j] == '\\') {
        content[j] = escaped(text[i++]);
      }
    }
    return content;
  }

  private static byte escaped(int character) throws Unusual {
    return switch (character) {
      case '"', '\\' -> (byte) character;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> throw Unusual.UNUSUAL;
    };
  }

  private long number() throws Unusual {
    boolean negative = at < to && text[at] == '-';
    if (negative) {
      at++;
    }
    int from = at;
    long number = 0;
    while (at < to && text[at] >= '0' && text[at] <= '9') {
      number = 10 * number + (text[at] - '0');
      at++;
    }
    int digits = at - from;
    boolean isPlain = digits == 1 ? !negative || number > 0 : text[from] != '0';
    if (digits == 0 || digits > MAX_DIGITS || !isPlain) {
      throw Unusual.UNUSUAL;
    }
    return negative ? -number : number;
  }
}
