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
final class CanonicalEntryParser {
  /** No number of so many digits is too large for a long. */
  private static final int MAX_DIGITS = 18;

  private final byte[] text;
  private final int to;
  private int at;

  private CanonicalEntryParser(byte[] text, int from, int to) {
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
      return Optional.of(new CanonicalEntryParser(text, from, to).read());
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
    CacheKey key = key();
    byte[] value = value();
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
    return new DumpEntry(new CacheEntry(key, CacheValue.wrap(value, flags), expiry), lastAccess);
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

  private CacheKey key() throws Unusual {
    if (!follows(EntryEncoder.KEY)) {
      require(EntryEncoder.KEY_BASE64);
      return CacheKey.ofBytes(base64());
    }
    int from = at;
    int escapes = passText();
    return escapes == 0
        ? CacheKey.ofBytes(text, from, at)
        : CacheKey.ofBytes(unescaped(from, escapes));
  }

  private byte[] value() throws Unusual {
    if (!follows(EntryEncoder.VALUE)) {
      require(EntryEncoder.VALUE_BASE64);
      return base64();
    }
    int from = at;
    int escapes = passText();
    return escapes == 0 ? Arrays.copyOfRange(text, from, at) : unescaped(from, escapes);
  }

  private byte[] base64() {
    int from = at;
    while (at < to && text[at] != '"') {
      at++;
    }
    return Base64.getDecoder().decode(Arrays.copyOfRange(text, from, at));
  }

  /** Goes to the quote that ends a text, and returns how many characters are escaped in it. */
  private int passText() throws Unusual {
    byte[] all = text;
    int i = at;
    int escapes = 0;
    while (i < to && all[i] != '"') {
      byte next = all[i];
      if (next == '\\') {
        escapes++;
        i += 2;
      } else if (next >= ' ') {
        i++;
      } else {
        int count = next < 0 ? Utf8.sequence(all, i, to) : 0;
        if (count == 0) {
          throw Unusual.UNUSUAL;
        }
        i += count;
      }
    }
    at = i;
    if (i >= to) {
      throw Unusual.UNUSUAL;
    }
    return escapes;
  }

  private byte[] unescaped(int from, int escapes) throws Unusual {
    byte[] all = text;
    byte[] content = new byte[at - from - escapes];
    int i = from;
    for (int j = 0; j < content.length; j++) {
      byte next = all[i++];
      content[j] = next == '\\' ? escaped(all[i++]) : next;
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
