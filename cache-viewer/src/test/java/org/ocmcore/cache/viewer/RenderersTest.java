package org.ocmcore.cache.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.viewer.ViewTests.auto;
import static org.ocmcore.cache.viewer.ViewTests.hex;
import static org.ocmcore.cache.viewer.ViewTests.latin;
import static org.ocmcore.cache.viewer.ViewTests.refusal;
import static org.ocmcore.cache.viewer.ViewTests.view;

import java.util.List;
import org.junit.jupiter.api.Test;

class RenderersTest {
  private static void assertShown(String expected, String format, byte[] value) {
    ValueView view = auto(value, 0);
    assertEquals(format, view.format().text(), view.notes() + "");
    assertEquals(expected, view.content());
  }

  @Test
  void phpHasEveryType() {
    assertShown("null", "php", latin("N;"));
    assertShown("true", "php", latin("b:1;"));
    assertShown("-0.5", "php", latin("d:-0.5;"));
    assertShown("\"a\u0001\"".replace("\u0001", "\\u0001"), "php", latin("S:2:\"a\\01\";"));
    assertShown("array(1) {\n  \"k\" => reference to #1\n}", "php", latin("a:1:{s:1:\"k\";R:1;}"));
    assertShown("object A serialized by itself \"x;y\"", "php", latin("C:1:\"A\":3:{x;y}"));
    assertShown("enum A:B", "php", latin("E:3:\"A:B\";"));
    assertShown("object A {}", "php", latin("O:1:\"A\":0:{}"));
  }

  @Test
  void brokenPhpIsRefused() {
    for (String value : List.of(
        "b:2;",
        "i:;",
        "i:1",
        "d:x;",
        "s:1:\"ab\";",
        "a:1:{d:1;i:1;}",
        "x:1;",
        "i:1;i:2;",
        "a:0:{",
        "S:1:\"\\0x\";")) {
      assertTrue(refusal(latin(value), "php").matches("php: .* at byte [0-9]+"), value);
    }
  }

  @Test
  void messagePackHasEveryType() {
    assertShown(
        "[\n  1.0\n  nil\n  -32768\n  extension 1 binary(1) b\"\\xff\"\n]",
        "msgpack",
        hex("94 ca3f800000 c0 d18000 d401ff"));
    assertShown(
        "{\n  \"a\": timestamp 1970-01-01T00:00:01Z\n}", "msgpack", hex("81 a161 d6ff00000001"));
    assertTrue(
        view(hex("c70cff 3b9ac9ff 7fffffffffffffff"), "msgpack").content().endsWith(" ns"));
    assertTrue(refusal(hex("c1"), "msgpack").contains("there is no type c1"));
    assertTrue(refusal(hex("01 02"), "msgpack").contains("1 bytes follow"));
  }

  @Test
  void igbinaryHasReferencesToStrings() {
    assertShown(
        "array(2) {\n  \"a\" => \"a\"\n  1 => -1\n}",
        "igbinary",
        hex("00000002 1402 110161 0e00 0601 0701"));
    assertTrue(refusal(hex("00000002 0e00"), "igbinary").contains("there is no string 0"));
    assertTrue(refusal(hex("00000002 ff"), "igbinary").contains("there is no type ff"));
  }

  @Test
  void pickleIsListedNotRun() {
    assertShown(
        "    0: GLOBAL \"posix\" \"system\"\n   14: MARK\n   15: UNICODE \"touch x\"\n   24: TUPLE\n   25: REDUCE\n   26: STOP",
        "pickle",
        latin("cposix\nsystem\n(Vtouch x\ntR."));
    assertTrue(refusal(latin("(."), "java").startsWith("java: "));
    assertTrue(refusal(latin("(l"), "pickle").contains("ends too early"));
    assertTrue(refusal(hex("80022eff"), "pickle").contains("1 bytes follow"));
  }

  @Test
  void rubySymbolsAreRemembered() {
    assertShown("[\n  :\"a\"\n  :\"a\"\n]", "ruby", hex("0408 5b07 3a0661 3b00"));
    assertTrue(refusal(hex("0408 3b06"), "ruby").contains("there is no symbol 1"));
    assertTrue(refusal(hex("0408 6f30"), "ruby").contains("there must be a symbol"));
  }

  @Test
  void javaStreamsAreReadByTheirGrammar() {
    assertShown("\"a\"", "java", hex("aced0005 74 0001 61"));
    assertShown("\"\\ud83d\"", "java", hex("aced0005 74 0003 eda0bd"));
    assertShown("data b\"\\x00\\xff\"", "java", hex("aced0005 77 02 00ff"));
    assertTrue(refusal(hex("aced0005 71 007e0000"), "java").contains("points to nothing"));
    assertTrue(refusal(hex("aced0005 74 0001 ff"), "java").contains("modified UTF-8"));
    assertTrue(refusal(hex("aced0005 73 70"), "java").contains("needs a class"));
  }

  @Test
  void spymemcachedTypesAreDecoded() {
    assertEquals("300", auto(hex("012c"), 2 << 8).content());
    assertEquals("-1", auto(hex("ffffffff"), 2 << 8).content());
    assertEquals("true", auto(hex("01"), 1 << 8).content());
    assertEquals("1.5", auto(hex("3ff8000000000000"), 7 << 8).content());
    ValueView date = auto(hex("018bcfe56800"), 4 << 8);
    assertEquals("2023-11-14T22:13:20Z", date.content());
    assertEquals("spymemcached", date.steps().get(0).decoder());
  }

  @Test
  void flagsOfOtherClientsAreRefusedByName() {
    for (String client :
        List.of("pymemcache", "pylibmc", "dalli", "spymemcached", "php-memcached")) {
      String message = org.junit.jupiter.api.Assertions.assertThrows(
              DecodingException.class, () -> view(latin("text"), 0x18, client))
          .getMessage();
      assertTrue(message.startsWith(client.startsWith("py") ? "zlib: " : client + ": "), message);
    }
    assertEquals("text", view(latin("text"), 0, "dalli,text").content());
  }
}
