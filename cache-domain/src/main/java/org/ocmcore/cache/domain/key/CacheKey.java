package org.ocmcore.cache.domain.key;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A key: 1 to {@value #MAX_BYTES} bytes, ordered as unsigned bytes. Immutable.
 *
 * <p>Keys of other clients need not be text: {@link #ofBytes} takes everything that memcached can
 * hold, {@link #of} takes what people and programs should write. Space, CR, LF and NUL end a key in
 * the protocol (doc/protocol.txt, "Keys"). Meta commands carry such keys in base64, whose length
 * counts ("Meta Commands").
 */
public final class CacheKey implements Comparable<CacheKey> {
  public static final int MAX_BYTES = 250;

  /** The most bytes of a key that needs base64. */
  public static final int MAX_ENCODED_BYTES = MAX_BYTES / 4 * 3;

  private static final byte[] ESCAPED_BACKSLASH = "\\x5c".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;

  /** 0 until it is needed: few of millions of keys need it. */
  private int hash;

  private CacheKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The key with this text.
   *
   * @throws IllegalArgumentException if its UTF-8 form is not 1 to {@value #MAX_BYTES} bytes, or
   *     contains a space, a control character or half a surrogate pair; the message says what is
   *     wrong
   */
  public static CacheKey of(String text) {
    // As most are: for these there is nothing more to look at.
    boolean isAscii = isPrintableAscii(text);
    if (!isAscii && !isUnicode(text)) {
      throw new IllegalArgumentException(
          "key contains half a surrogate pair, which is no Unicode text");
    }
    CacheKey key = new CacheKey(text.getBytes(StandardCharsets.UTF_8));
    requireLength(key.length(), text);
    if (!isAscii) {
      text.codePoints().forEach(character -> requirePrintable(character, text));
    }
    return key;
  }

  /**
   * Whether {@link #of} makes this key from its {@link #toString}: nothing is escaped in that, and
   * it contains no space and no control character. Only such a key can be given by name.
   */
  public boolean isPrintable() {
    return isPrintable(bytes, 0, bytes.length);
  }

  /** The same of the key with these bytes, mostly without making an object. */
  public static boolean isPrintable(byte[] bytes, int from, int to) {
    if (AsciiScan.areGraphic(bytes, from, to)) {
      return true;
    }
    CacheKey key = new CacheKey(Arrays.copyOfRange(bytes, from, to));
    return key.isVerbatim() && key.characters().codePoints().allMatch(CacheKey::isPrintable);
  }

  /**
   * Whether {@link #toString} is enough to address it everywhere: it {@link #isPrintable}, and can
   * stand in a path, which clients shorten at {@linkplain DotSegments some segments}.
   */
  public boolean isAddressable() {
    return isPrintable() && !DotSegments.areIn(bytes, 0, bytes.length);
  }

  private static boolean isPrintable(int character) {
    return !Character.isISOControl(character) && !isSpace(character);
  }

  private static boolean isSpace(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  private static boolean isPrintableAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character <= ' ' || character >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** Whether it contains no half of a surrogate pair. */
  static boolean isUnicode(String text) {
    return text.codePoints()
        .noneMatch(character -> Character.getType(character) == Character.SURROGATE);
  }

  private static void requirePrintable(int character, String text) {
    if (Character.isISOControl(character)) {
      throw new IllegalArgumentException(
          "key \"%s\" contains the control character U+%04X".formatted(shown(text), character));
    }
    if (isSpace(character)) {
      throw new IllegalArgumentException(
          "key \"%s\" contains the space U+%04X".formatted(shown(text), character));
    }
  }

  /**
   * The key with a copy of these bytes.
   *
   * @throws IllegalArgumentException if memcached could not hold it: it is not 1 to
   *     {@value #MAX_BYTES} bytes, or more than {@value #MAX_ENCODED_BYTES} if it
   *     {@link #needsEncoding}
   */
  public static CacheKey ofBytes(byte[] bytes) {
    return ofBytes(bytes, 0, bytes.length);
  }

  /**
   * The key with a copy of some of these bytes.
   *
   * @param from its first byte
   * @param to the byte behind its last
   * @throws IllegalArgumentException as {@link #ofBytes(byte[])}
   */
  public static CacheKey ofBytes(byte[] bytes, int from, int to) {
    CacheKey key = new CacheKey(Arrays.copyOfRange(bytes, from, to));
    requireLength(key.length(), key);
    if (key.length() > MAX_ENCODED_BYTES && key.needsEncoding()) {
      throw new IllegalArgumentException(
          "key \"%s\" is %d bytes long, at most %d are allowed with a space, CR, LF or NUL in it"
              .formatted(shown(key.toString()), key.length(), MAX_ENCODED_BYTES));
    }
    return key;
  }

  /** Whether it contains a space, CR, LF or NUL, so that it reaches memcached in base64 only. */
  public boolean needsEncoding() {
    return AsciiScan.haveDelimiter(bytes, 0, bytes.length);
  }

  private static void requireLength(int length, Object key) {
    if (length == 0) {
      throw new IllegalArgumentException("key is empty");
    }
    if (length > MAX_BYTES) {
      throw new IllegalArgumentException("key \"%s\" is %d bytes long, at most %d are allowed"
          .formatted(shown(key.toString()), length, MAX_BYTES));
    }
  }

  /** At most 60 characters in one line. */
  private static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(60)
        .map(character -> isPlain(character) ? character : 0xFFFD)
        .forEach(shown::appendCodePoint);
    return shown.length() < text.length() ? shown.append('…').toString() : shown.toString();
  }

  private static boolean isPlain(int character) {
    int type = Character.getType(character);
    return type != Character.CONTROL
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** A read-only view of the bytes, without a copy. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** Copies the bytes into an array, from this index on. */
  public void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, 0, target, at, bytes.length);
  }

  /** Appends the bytes to a buffer. */
  public void appendTo(ByteBuffer target) {
    target.put(bytes);
  }

  /** A 64-bit hash of the bytes. */
  public long fingerprint() {
    return KeyFingerprint.of(bytes, 0, bytes.length);
  }

  /** The number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** Whether the bytes are valid UTF-8, so that {@link #characters} loses nothing. */
  public boolean isText() {
    return decoded() != null;
  }

  /** The readable form of a part of a key, of any length; see {@link #toString}. */
  public static String readable(byte[] part) {
    return new CacheKey(part).toString();
  }

  /** Whether {@link #readable} is the text of the part itself, with nothing escaped. */
  public static boolean isVerbatim(byte[] part) {
    return new CacheKey(part).isVerbatim();
  }

  /** Whether {@link #toString} is the text of the key itself, with nothing escaped. */
  public boolean isVerbatim() {
    return isText() && !hasEscape();
  }

  private boolean hasEscape() {
    for (int i = 0; i < bytes.length; i++) {
      if (looksLikeEscape(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a backslash stands here that could begin an escape: before x and HH, or x and {. */
  private boolean looksLikeEscape(int index) {
    return bytes[index] == '\\'
        && index + 2 < bytes.length
        && bytes[index + 1] == 'x'
        && (bytes[index + 2] == '{' || isHexDigit(index + 2) && isHexDigit(index + 3));
  }

  private boolean isHexDigit(int index) {
    return index < bytes.length && HexFormat.isHexDigit(bytes[index]);
  }

  /**
   * The characters that patterns match: the UTF-8 text, or one character for each byte (ISO 8859-1)
   * if it is not UTF-8.
   */
  public String characters() {
    return characters(bytes, 0, bytes.length);
  }

  /** The {@link #characters()} of the key with these bytes. */
  public static String characters(byte[] bytes, int from, int to) {
    String text = decoded(bytes, from, to);
    return text != null ? text : new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private String decoded() {
    return decoded(bytes, 0, bytes.length);
  }

  /** The text of these bytes, or null if they are not UTF-8. */
  private static String decoded(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    // It was written so, or it stands for what is not UTF-8.
    try {
      ByteBuffer part = ByteBuffer.wrap(bytes, from, to - from);
      return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
    } catch (CharacterCodingException notUtf8) {
      return null;
    }
  }

  @Override
  public int compareTo(CacheKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CacheKey key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    // Threads that ask at once come to the same.
    int known = hash;
    if (known == 0) {
      known = Arrays.hashCode(bytes);
      hash = known;
    }
    return known;
  }

  /**
   * A readable form. Two keys never have the same.
   *
   * <p>It is the text, with {@code \x5c} for a backslash that could be taken for the beginning of
   * an escape: one before {@code x} and two hexadecimal digits, or before {@code x} and a brace. If
   * the bytes are not UTF-8, {@code \xHH} also stands for each byte that is not printable ASCII.
   */
  @Override
  public String toString() {
    String text = decoded();
    if (text != null && !hasEscape()) {
      return text;
    }
    return text != null ? escapedText() : escapedBytes();
  }

  /** UTF-8 never has a byte of ASCII within another character, so bytes may be replaced. */
  private String escapedText() {
    ByteArrayOutputStream readable = new ByteArrayOutputStream();
    for (int i = 0; i < bytes.length; i++) {
      if (looksLikeEscape(i)) {
        readable.writeBytes(ESCAPED_BACKSLASH);
      } else {
        readable.write(bytes[i]);
      }
    }
    return readable.toString(StandardCharsets.UTF_8);
  }

  private String escapedBytes() {
    StringBuilder readable = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] > ' ' && bytes[i] < 0x7f && !looksLikeEscape(i)) {
        readable.append((char) bytes[i]);
      } else {
        readable.append("\\x").append(HexFormat.of().toHexDigits(bytes[i]));
      }
    }
    return readable.toString();
  }
}
