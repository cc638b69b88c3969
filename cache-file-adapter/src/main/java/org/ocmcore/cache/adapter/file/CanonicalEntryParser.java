package org.ocmcore.cache.adapter.file;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.PlainText;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpEntry;

/**
 * Parses lines of entries exactly as {@link EntryEncoder} writes them, several times as fast as a
 * JSON parser. {@link EntryLine} parses lines that differ in any way. For one thread.
 */
final class CanonicalEntryParser {
  /** Any number of so many digits fits a long. */
  private static final int MAX_DIGITS = 18;

  /** The characters that are decoded at once to check them; a multiple of 4. */
  private static final int BASE64_STEP = 64 * 1024;

  private static final byte[] NOTHING = {};

  /** What a character behind a backslash stands for; 0 if it is not canonical. */
  private static final byte[] ESCAPED = new byte[1 << 7];

  static {
    ESCAPED['"'] = '"';
    ESCAPED['\\'] = '\\';
    ESCAPED['n'] = '\n';
    ESCAPED['r'] = '\r';
    ESCAPED['t'] = '\t';
  }

  private final byte[] text;
  private final int to;
  private int at;

  /**
   * @param from the start of the first line
   * @param to the end of the last line
   */
  CanonicalEntryParser(byte[] text, int from, int to) {
    this.text = text;
    this.at = from;
    this.to = to;
  }

  /** The start of the next line; the end of the text if there is none. */
  int position() {
    return at;
  }

  /** Goes to the start of another line. */
  void goTo(int line) {
    at = line;
  }

  /**
   * Parses the next line, and goes to the one behind it. If the line is not canonical, whether it
   * is valid or not, this is empty, and the line is still the next one.
   */
  Optional<DumpEntry> next() {
    return next(true);
  }

  /**
   * Checks the next line without decoding its value, and goes to the one behind it. Returns false
   * where {@link #next} is empty.
   */
  boolean skip() {
    return next(false).isPresent();
  }

  private Optional<DumpEntry> next(boolean decoding) {
    int from = at;
    try {
      DumpEntry entry = parse(decoding);
      if (at - from <= DumpFormat.MAX_LINE) {
        return Optional.of(entry);
      }
    } catch (NotCanonical | IllegalArgumentException e) {
      // Somebody else wrote the line, or it is damaged.
    }
    at = from;
    return Optional.empty();
  }

  /** Ends the parsing; has no message and no stack trace. */
  private static final class NotCanonical extends Exception {
    private static final long serialVersionUID = 1;
    static final NotCanonical NOT_CANONICAL = new NotCanonical();

    private NotCanonical() {
      super(null, null, false, false);
    }
  }

  private DumpEntry parse(boolean decoding) throws NotCanonical {
    CacheKey key = key();
    byte[] value = decoding ? value() : skipValue();
    expect(EntryEncoder.FLAGS);
    long flags = number();
    expect(EntryEncoder.EXPIRES_AT);
    Expiry expiry = skipNull() ? Expiry.NEVER : new Expiry(number());
    expect(EntryEncoder.SIZE);
    number();
    expect(EntryEncoder.LAST_ACCESS);
    long lastAccess = skipNull() ? KeyInfo.UNKNOWN : number();
    expect(EntryEncoder.END);
    return new DumpEntry(new CacheEntry(key, CacheValue.wrap(value, flags), expiry), lastAccess);
  }

  private boolean skipIfNext(byte[] expected) {
    boolean isNext = TextScan.startsWith(text, at, to, expected);
    at += isNext ? expected.length : 0;
    return isNext;
  }

  private void expect(byte[] expected) throws NotCanonical {
    if (!skipIfNext(expected)) {
      throw NotCanonical.NOT_CANONICAL;
    }
  }

  private boolean skipNull() {
    return skipIfNext(EntryEncoder.NULL);
  }

  private CacheKey key() throws NotCanonical {
    if (!skipIfNext(EntryEncoder.KEY)) {
      expect(EntryEncoder.KEY_BASE64);
      return CacheKey.ofBytes(base64());
    }
    int from = at;
    int escapes = skipText();
    return escapes == 0
        ? CacheKey.ofBytes(text, from, at)
        : CacheKey.ofBytes(unescaped(from, escapes));
  }

  private byte[] value() throws NotCanonical {
    if (!skipIfNext(EntryEncoder.VALUE)) {
      expect(EntryEncoder.VALUE_BASE64);
      return base64();
    }
    int from = at;
    int escapes = skipText();
    return escapes == 0 ? Arrays.copyOfRange(text, from, at) : unescaped(from, escapes);
  }

  private byte[] base64() {
    int from = at;
    while (at < to && text[at] != '"') {
      at++;
    }
    // Decodes without a copy of the text. A result of another length than its array is rare.
    ByteBuffer decoded = Base64.getDecoder().decode(ByteBuffer.wrap(text, from, at - from));
    return decoded.remaining() == decoded.array().length
        ? decoded.array()
        : Arrays.copyOf(decoded.array(), decoded.remaining());
  }

  /** Checks the value as {@link #value} does, and returns nothing of it. */
  private byte[] skipValue() throws NotCanonical {
    if (skipIfNext(EntryEncoder.VALUE)) {
      skipText();
      return NOTHING;
    }
    expect(EntryEncoder.VALUE_BASE64);
    while (at < to && text[at] != '"') {
      int from = at;
      int most = Math.min(to, from + BASE64_STEP);
      boolean hasPadding = false;
      while (at < most && text[at] != '"') {
        hasPadding |= text[at] == '=';
        at++;
      }
      if (hasPadding && at < to && text[at] != '"') {
        throw NotCanonical.NOT_CANONICAL;
      }
      Base64.getDecoder().decode(ByteBuffer.wrap(text, from, at - from));
    }
    return NOTHING;
  }

  /** Advances to the quote that ends a text; returns the number of escaped characters in it. */
  private int skipText() throws NotCanonical {
    byte[] all = text;
    int escapes = 0;
    int i = at;
    // A line has more than eight bytes behind its texts.
    while (i + Long.BYTES <= to) {
      long others = PlainText.others(all, i);
      int next = i + Long.BYTES;
      while (others != 0) {
        int place = i + Long.numberOfTrailingZeros(others) / Byte.SIZE;
        byte character = all[place];
        if (character == '"') {
          at = place;
          return escapes;
        }
        escapes += character == '\\' ? 1 : 0;
        int behind = place + lengthOfOther(place);
        if (behind >= next) {
          next = behind;
          break;
        }
        others &= -1L << (behind - i) * Byte.SIZE;
      }
      i = next;
    }
    throw NotCanonical.NOT_CANONICAL;
  }

  /** The length of a character that is not plain. */
  private int lengthOfOther(int place) throws NotCanonical {
    byte character = text[place];
    if (character == '\\' && place + 1 < to) {
      escaped(text[place + 1]);
      return 2;
    }
    int length = character < 0 ? Utf8.sequence(text, place, to) : 0;
    if (length == 0) {
      throw NotCanonical.NOT_CANONICAL;
    }
    return length;
  }

  private byte[] unescaped(int from, int escapes) throws NotCanonical {
    byte[] all = text;
    byte[] content = new byte[at - from - escapes];
    int i = from;
    int j = 0;
    while (j < content.length) {
      int count = TextScan.copyToBackslash(all, i, content, j);
      i += count;
      j += count;
      if (j < content.length) {
        content[j++] = escaped(all[i + 1]);
        i += 2;
      }
    }
    return content;
  }

  private static byte escaped(byte character) throws NotCanonical {
    byte meant = character < 0 ? 0 : ESCAPED[character];
    if (meant == 0) {
      throw NotCanonical.NOT_CANONICAL;
    }
    return meant;
  }

  private long number() throws NotCanonical {
    byte[] all = text;
    boolean negative = at < to && all[at] == '-';
    int from = negative ? at + 1 : at;
    int i = from;
    long number = 0;
    while (i < to && all[i] >= '0' && all[i] <= '9') {
      number = 10 * number + (all[i] - '0');
      i++;
    }
    at = i;
    int digits = i - from;
    boolean isPlain = digits == 1 ? !negative || number > 0 : all[from] != '0';
    if (digits == 0 || digits > MAX_DIGITS || !isPlain) {
      throw NotCanonical.NOT_CANONICAL;
    }
    return negative ? -number : number;
  }
}
