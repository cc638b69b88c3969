package org.ocmcore.cache.domain.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheKeyTest {
  @Test
  void aKeyHas1To250Bytes() {
    assertEquals(1, CacheKey.of("k").length());
    assertEquals(250, CacheKey.of("k".repeat(250)).length());
    assertEquals("key is empty", refusal(""));
    assertTrue(refusal("k".repeat(251)).contains("is 251 bytes long, at most 250"));
  }

  @Test
  void lengthIsCountedInBytes() {
    assertEquals(250, CacheKey.of("ä".repeat(125)).length());
    assertTrue(refusal("ä".repeat(125) + "k").contains("is 251 bytes long"));
    assertEquals(248, CacheKey.of("🔑".repeat(62)).length());
    assertTrue(refusal("🔑".repeat(63)).contains("is 252 bytes long"));
    assertThrows(IllegalArgumentException.class, () -> CacheKey.ofBytes(new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> CacheKey.ofBytes(filled(251)));
    assertEquals(250, CacheKey.ofBytes(filled(250)).length());
  }

  private static byte[] filled(int length) {
    return "k".repeat(length).getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "0020, the space U+0020",
    "00A0, the space U+00A0",
    "2003, the space U+2003",
    "3000, the space U+3000",
    "2028, the space U+2028",
    "0000, the control character U+0000",
    "0009, the control character U+0009",
    "000A, the control character U+000A",
    "000D, the control character U+000D",
    "001B, the control character U+001B",
    "007F, the control character U+007F",
    "0085, the control character U+0085"
  })
  void spacesAndControlCharactersAreRefusedByName(String hex, String name) {
    String message = refusal("a" + Character.toString(Integer.parseInt(hex, 16)) + "b");
    assertTrue(message.contains(name), message);
    assertTrue(message.codePoints().noneMatch(Character::isISOControl), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD83D", "a\uD83D", "\uDD11a", "\uDD11\uD83D"})
  void halfASurrogatePairIsRefused(String text) {
    assertTrue(refusal(text).contains("half a surrogate pair"));
  }

  @Test
  void longKeyIsShortenedInMessages() {
    String message = refusal("k" + "🔑".repeat(100));
    assertTrue(message.contains("k" + "🔑".repeat(59) + "…\""), message);
    assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(message), message);
  }

  @Test
  void printableKeysAreThoseMadeFromTheirText() {
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      if (Character.getType(character) != Character.SURROGATE) {
        String text = Character.toString(character);
        for (String around : List.of("%s", "a%s", "%sa", "ä%sa")) {
          assertPrintableAsAccepted(around.replace("%s", text).getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(4)];
      random.nextBytes(bytes);
      assertPrintableAsAccepted(bytes);
    }
    for (String text : List.of("\\xff", "\\x{a", "\\x", "a\\b")) {
      assertPrintableAsAccepted(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void assertPrintableAsAccepted(byte[] bytes) {
    CacheKey key = CacheKey.ofBytes(bytes);
    boolean isAccepted;
    try {
      isAccepted = CacheKey.of(key.toString()).equals(key);
    } catch (IllegalArgumentException e) {
      isAccepted = false;
    }
    assertEquals(isAccepted, key.isPrintable(), () -> HexFormat.of().formatHex(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00",
        "0161",
        "0a",
        "1f",
        "2061",
        "612061",
        "7f64656c",
        "c285",
        "c2a0",
        "e280a8",
        "e38080",
        "ff",
        "5c786666"
      })
  void spacesControlsAndEscapesAreNotPrintable(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertFalse(CacheKey.ofBytes(bytes).isPrintable());
    assertFalse(CacheKey.isPrintable(bytes, 0, bytes.length));
    byte[] longer = HexFormat.of().parseHex("61" + hex + "61");
    assertTrue(CacheKey.isPrintable(longer, 0, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a/./b", "../a", "a/..", "a\\..\\b", "..;v=1", "a/.;/b"})
  void keysThatClientsShortenInAPathAreNotAddressable(String text) {
    assertTrue(CacheKey.of(text).isPrintable());
    assertFalse(CacheKey.of(text).isAddressable());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b", "...", "a/.../b", ".a", "a.", "a..b", "é"})
  void otherPrintableKeysAreAddressable(String text) {
    assertTrue(CacheKey.of(text).isAddressable());
  }

  @Test
  void keysThatAreNotPrintableAreNotAddressable() {
    assertFalse(CacheKey.ofBytes(new byte[] {'a', ' '}).isAddressable());
    assertFalse(CacheKey.ofBytes(new byte[] {(byte) 0xff}).isAddressable());
  }

  private static String refusal(String text) {
    return assertThrows(IllegalArgumentException.class, () -> CacheKey.of(text)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(bytes = {' ', '\r', '\n', 0})
  void protocolDelimitersNeedEncoding(byte special) {
    byte[] longest = filled(CacheKey.MAX_ENCODED_BYTES);
    assertFalse(CacheKey.ofBytes(longest).needsEncoding());
    longest[longest.length - 1] = special;
    assertTrue(CacheKey.ofBytes(longest).needsEncoding());
    byte[] tooLong = filled(CacheKey.MAX_ENCODED_BYTES + 1);
    tooLong[0] = special;
    String message = assertThrows(IllegalArgumentException.class, () -> CacheKey.ofBytes(tooLong))
        .getMessage();
    assertTrue(message.contains("187 bytes long, at most 186"), message);
    assertTrue(message.codePoints().noneMatch(Character::isISOControl), message);
  }

  @Test
  void anyOtherBytesComeBackAsTheyWere() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = randomBytes(random);
      CacheKey key = CacheKey.ofBytes(bytes);
      assertArrayEquals(bytes, key.bytes());
      assertEquals(ByteBuffer.wrap(bytes), key.buffer());
      assertEquals(key, CacheKey.ofBytes(key.bytes()));
      assertFalse(key.toString().isEmpty());
      if (key.isText()) {
        assertEquals(new String(bytes, StandardCharsets.UTF_8), key.characters());
      }
    }
  }

  private static byte[] randomBytes(Random random) {
    byte[] bytes = new byte[1 + random.nextInt(CacheKey.MAX_BYTES)];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == ' ' || bytes[i] == '\r' || bytes[i] == '\n' || bytes[i] == 0) {
        bytes[i] = 'x';
      }
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"k", "user:1", "ключ", "鍵", "🔑", "a\u200Bb", "50%25+1&\"\\", "é", "e\u0301"})
  void textComesBackAsItWas(String text) {
    CacheKey key = CacheKey.of(text);
    assertEquals(text, key.toString());
    assertEquals(text, key.characters());
    assertTrue(key.isText());
    assertEquals(key, CacheKey.ofBytes(text.getBytes(StandardCharsets.UTF_8)));
    assertEquals(key.hashCode(), CacheKey.of(text).hashCode());
  }

  @Test
  void nonTextBytesHaveAReadableForm() {
    CacheKey key = CacheKey.ofBytes(new byte[] {'a', (byte) 0xff, ':', 0x7f, 1, '\\'});
    assertFalse(key.isText());
    assertEquals("a\\xff:\\x7f\\x01\\", key.toString());
    assertEquals("a\u00ff:\u007f\u0001\\", key.characters());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"App\\Models\\User:1", "a\\", "\\x", "\\xf", "\\xfg", "C:\\temp\\x1", "\\\\n"})
  void ordinaryBackslashesAreShownAsTheyAre(String text) {
    assertEquals(text, CacheKey.of(text).toString());
    assertTrue(CacheKey.of(text).isVerbatim());
  }

  @ParameterizedTest
  @CsvSource({
    "a\\xffb, a\\x5cxffb",
    "\\xFF, \\x5cxFF",
    "\\x{ff}, \\x5cx{ff}",
    "\\\\x41é, \\\\x5cx41é",
    "\\x5cx41, \\x5cx5cx41"
  })
  void textThatLooksLikeAnEscapeIsEscaped(String text, String shown) {
    CacheKey key = CacheKey.of(text);
    assertEquals(shown, key.toString());
    assertEquals(text, key.characters());
    assertFalse(key.isVerbatim());
  }

  @Test
  void aByteAndItsEscapeAsTextDiffer() {
    CacheKey bytes = CacheKey.ofBytes(new byte[] {'a', (byte) 0xff, 'b'});
    CacheKey mixed = CacheKey.ofBytes(new byte[] {(byte) 0xff, '\\', 'x', 'f', 'f'});
    CacheKey twice = CacheKey.ofBytes(new byte[] {(byte) 0xff, (byte) 0xff});
    assertNotEquals(CacheKey.of("a\\xffb").toString(), bytes.toString());
    assertNotEquals(twice.toString(), mixed.toString());
  }

  /** The bytes can be read from the readable form, so no other key has the same. */
  @Test
  void readableFormsAreOneToOne() {
    Random random = new Random(3);
    byte[][] parts = {
      {'\\'},
      {'x'},
      {'f'},
      {'5'},
      {'c'},
      {'{'},
      {'}'},
      {(byte) 0xff},
      {(byte) 0xc3, (byte) 0xa9},
      {1},
      {'a'},
      {'\\', 'x'},
      {'\\', 'x', '5', 'c'},
      {(byte) 0xc2, (byte) 0x85}
    };
    Map<String, CacheKey> byForm = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int left = 1 + random.nextInt(6); left > 0; left--) {
        bytes.writeBytes(parts[random.nextInt(parts.length)]);
      }
      CacheKey key = CacheKey.ofBytes(bytes.toByteArray());
      CacheKey other = byForm.putIfAbsent(key.toString(), key);
      assertTrue(other == null || other.equals(key), key.toString());
      assertArrayEquals(key.bytes(), unescaped(key.toString()), key.toString());
      assertEquals(
          key.isVerbatim(),
          key.isText() && key.toString().equals(key.characters()),
          key.toString());
    }
  }

  private static byte[] unescaped(String readable) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher next = Pattern.compile("\\\\x([0-9a-f]{2})|.", Pattern.DOTALL).matcher(readable);
    while (next.find()) {
      if (next.group(1) == null) {
        bytes.writeBytes(next.group().getBytes(StandardCharsets.UTF_8));
      } else {
        bytes.write(Integer.parseInt(next.group(1), 16));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void keysAreOrderedByUnsignedBytes() {
    List<CacheKey> ascending = new ArrayList<>(List.of(
        CacheKey.ofBytes(new byte[] {1}),
        CacheKey.of("A"),
        CacheKey.of("a"),
        CacheKey.of("a:"),
        CacheKey.of("aa"),
        CacheKey.of("b"),
        CacheKey.of("ä"),
        CacheKey.of("鍵"),
        CacheKey.ofBytes(new byte[] {(byte) 0xff}),
        CacheKey.ofBytes(new byte[] {(byte) 0xff, 1})));
    List<CacheKey> shuffled = new ArrayList<>(ascending);
    Collections.shuffle(shuffled, new Random(2));
    Collections.sort(shuffled);
    assertEquals(ascending, shuffled);
  }

  @Test
  void keysAreEqualIfTheirBytesAre() {
    assertEquals(CacheKey.of("a"), CacheKey.ofBytes(new byte[] {'a'}));
    assertNotEquals(CacheKey.of("a"), CacheKey.of("b"));
    assertNotEquals(CacheKey.of("é"), CacheKey.of("e\u0301"));
    assertNotEquals(CacheKey.of("a"), (Object) "a");
  }

  @Test
  void nobodyCanChangeAKey() {
    byte[] given = {'a', 'b'};
    CacheKey key = CacheKey.ofBytes(given);
    given[0] = 'x';
    key.bytes()[1] = 'x';
    assertThrows(ReadOnlyBufferException.class, () -> key.buffer().put((byte) 'x'));
    assertEquals(CacheKey.of("ab"), key);
  }
}
