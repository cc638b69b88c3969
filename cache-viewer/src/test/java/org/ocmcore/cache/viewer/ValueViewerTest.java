package org.ocmcore.cache.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.viewer.ViewTests.auto;
import static org.ocmcore.cache.viewer.ViewTests.hex;
import static org.ocmcore.cache.viewer.ViewTests.latin;
import static org.ocmcore.cache.viewer.ViewTests.path;
import static org.ocmcore.cache.viewer.ViewTests.refusal;
import static org.ocmcore.cache.viewer.ViewTests.utf8;
import static org.ocmcore.cache.viewer.ViewTests.view;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ValueViewerTest {
  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] bytes, boolean isRaw) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate =
        new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, isRaw))) {
      deflate.write(bytes);
    }
    return out.toByteArray();
  }

  private static ValueView window(byte[] value, String chain, long offset, int limit) {
    return new ValueViewer()
        .view(value, 0, DecoderChain.parse(chain), new ViewWindow(offset, limit));
  }

  @Test
  void jsonIsLaidOut() {
    ValueView view = auto(utf8(" {\"a\":[1.00,{}],\"é\":\"\\u00e9\",\"b\":1e400} "), 0);
    assertEquals("json", path(view));
    assertEquals("""
        {
          "a": [
            1.00,
            {}
          ],
          "é": "\\u00e9",
          "b": 1e400
        }""", view.content());
    assertEquals(view.content().length(), view.length());
    assertFalse(view.truncated());
  }

  @Test
  void brokenJsonIsTextWithANote() {
    for (String json :
        List.of("{\"a\":}", "[1,]", "[01]", "{\"a\" 1}", "[\"\\x\"]", "[1] x", "{")) {
      ValueView view = auto(utf8(json), 0);
      assertEquals("text", path(view), json);
      assertEquals(json, view.content());
      assertTrue(view.notes().get(0).startsWith("json: "), view.notes() + "");
      assertTrue(refusal(utf8(json), "json").startsWith("json: "));
    }
  }

  @Test
  void compressedBytesAreFoundByTheirMarks() throws IOException {
    assertEquals("gzip (begins with 1f 8b 08) -> text", path(auto(gzip(utf8("héllo")), 0)));
    assertEquals("zlib (begins with 78 9c) -> json", path(auto(deflate(utf8("[1]"), false), 0)));
    byte[] wrapped = Base64.getEncoder().encode(gzip(utf8("{}")));
    assertEquals(
        "base64 (only base64 digits) -> gzip (begins with 1f 8b 08) -> json",
        path(auto(wrapped, 0)));
    assertEquals("text", path(auto(latin("deadbeefdeadbeef"), 0)));
  }

  @Test
  void gzipMayHaveANameAndSeveralMembers() throws IOException {
    byte[] plain = gzip(utf8("one "));
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(hex("1f8b08 1e 000000000000 0200 ffff 6e00 6300 0000"));
    both.write(plain, 10, plain.length - 10);
    both.write(gzip(utf8("two")));
    assertEquals("one two", view(both.toByteArray(), "gzip").content());
    both.write(0);
    assertTrue(refusal(both.toByteArray(), "gzip").startsWith("gzip: the value ends too early"));
  }

  @Test
  void namedDecodersApplyInOrder() throws IOException {
    byte[] value = Base64.getMimeEncoder().encode(gzip(deflate(utf8("{\"a\":1}"), true)));
    ValueView view = view(value, "base64,gzip,deflate,json");
    assertEquals("{\n  \"a\": 1\n}", view.content());
    assertEquals(3, view.steps().size());
    assertEquals(7, view.steps().get(2).bytes());
    assertEquals("json", path(view(utf8("[1]"), "auto")));
    assertEquals("{\"a\":1}", view(value, "base64,gzip,deflate,text").content());
  }

  @Test
  void aNamedDecoderNeverFallsBack() throws IOException {
    assertEquals("gzip: no member begins with 1f 8b 08 at byte 3", refusal(utf8("text"), "gzip"));
    assertTrue(refusal(utf8("text"), "zlib").startsWith("zlib: the value is no zlib: "));
    assertTrue(refusal(utf8("te*t"), "base64").startsWith("base64: the value is no base64: "));
    assertEquals(
        "zstd: the value does not begin with 28 b5 2f fd", refusal(utf8("text and"), "zstd"));
    assertEquals(
        "lz4: no frame begins with 04 22 4d 18 at byte 4", refusal(utf8("text and"), "lz4"));
    assertEquals("text: byte 1 is not UTF-8", refusal(hex("41ff"), "text"));
    byte[] gzip = gzip(new byte[100]);
    assertTrue(
        refusal(java.util.Arrays.copyOf(gzip, gzip.length - 9), "gzip").contains("too early"));
  }

  @Test
  void autoSaysWhereItStops() throws IOException {
    byte[] gzip = gzip(utf8("some text that is long enough"));
    gzip[gzip.length - 6] ^= 1;
    ValueView view = auto(gzip, 0);
    assertEquals("hex", path(view));
    assertTrue(view.notes().get(0).startsWith("gzip: the checksum is wrong"));
  }

  @Test
  void wrongChainsAreRefusedByName() {
    for (String chain : List.of("rot13", "gzip,", "", "auto,gzip", "json,gzip", "GZIP")) {
      String message = assertThrows(IllegalArgumentException.class, () -> DecoderChain.parse(chain))
          .getMessage();
      assertTrue(
          message.matches("there is no decoder.*known are auto, none, gzip.*|.*must be the.*"),
          message);
    }
    assertThrows(
        IllegalArgumentException.class, () -> DecoderChain.parse("gzip,".repeat(9) + "zlib"));
    assertThrows(IllegalArgumentException.class, () -> new ViewWindow(-1, 10));
    assertThrows(IllegalArgumentException.class, () -> new ViewWindow(0, 65537));
    assertThrows(IllegalArgumentException.class, () -> auto(new byte[0], 1L << 32));
  }

  @Test
  void integersHaveTheirTimeBeside() {
    ValueView seconds = auto(latin("1700000000  "), 0);
    assertEquals("integer", path(seconds));
    assertEquals("1700000000", seconds.content());
    assertEquals(List.of("as seconds since 1970 this is 2023-11-14T22:13:20Z"), seconds.notes());
    assertEquals(
        List.of("as milliseconds since 1970 this is 2023-11-14T22:13:20.001Z"),
        auto(latin("1700000000001"), 0).notes());
    assertEquals(List.of(), auto(latin("42"), 0).notes());
    assertEquals("18446744073709551615", auto(latin("18446744073709551615"), 0).content());
    assertEquals("2023-11-14T22:13:20Z", view(latin("1700000000"), "time").content());
    assertTrue(refusal(latin("-9223372036854775808"), "time").startsWith("time: "));
    assertTrue(refusal(latin("x"), "integer").startsWith("integer: "));
  }

  @Test
  void otherBytesAreShownInHex() {
    ValueView view = auto(hex("00ff41 0102030405060708090a0b0c0d0e"), 0);
    assertEquals("""
        00000000  00 ff 41 01 02 03 04 05  06 07 08 09 0a 0b 0c 0d |..A.............|
        00000010  0e                                               |.|""", view.content());
    assertEquals("hex", path(view));
    assertEquals("", auto(new byte[0], 0).content());
    assertEquals("", view(new byte[0], "hex").content());
    assertEquals("text", path(view(utf8("[1]"), "none")));
    assertEquals("hex", path(view(hex("ff"), "none")));
  }

  @Test
  void everyWindowIsThatPartOfTheText() {
    byte[] text = utf8("a😀b{}é😀😀".repeat(3000));
    for (String chain : List.of("text", "hex")) {
      ValueView first = window(text, chain, 0, 65536);
      StringBuilder all = new StringBuilder();
      ValueView part;
      do {
        part = window(text, chain, all.length(), 4099);
        assertEquals(all.length(), part.offset());
        assertTrue(part.content().length() > 4090 || !part.truncated());
        all.append(part.content());
        assertEquals(first.length(), part.length());
      } while (part.truncated());
      assertEquals(first.length(), all.length());
      assertTrue(all.toString().startsWith(first.content()));
    }
  }

  @Test
  void aWindowNeverCutsACodePoint() {
    byte[] text = utf8("😀😀😀");
    assertEquals("😀", window(text, "text", 0, 3).content());
    ValueView inside = window(text, "text", 1, 2);
    assertEquals(0, inside.offset());
    assertEquals("😀", inside.content());
    ValueView past = window(text, "text", 100, 2);
    assertEquals("", past.content());
    assertEquals(6, past.offset());
    assertFalse(past.truncated());
  }

  @Test
  void timeEndsTheTextWithANote() {
    long[] now = {0};
    ValueViewer viewer = new ValueViewer(
        new ViewLimits(100, 1 << 20, 1000, 1 << 20, Duration.ofMillis(5)),
        () -> now[0] += 1_000_000);
    byte[] json = utf8("[" + "1,".repeat(100_000) + "1]");
    ValueView view = viewer.view(json, 0, DecoderChain.AUTO, ViewWindow.FIRST);
    assertEquals(ValueFormat.JSON, view.format());
    assertTrue(view.truncated());
    assertEquals(List.of("json: stopped after 5 ms, the most a view may take"), view.notes());
  }

  @Test
  void timeEndsADecoder() throws IOException {
    long[] now = {0};
    ValueViewer viewer = new ValueViewer(
        new ViewLimits(100, 64 << 20, 1000, 1 << 20, Duration.ofMillis(5)),
        () -> now[0] += 1_000_000);
    byte[] gzip = gzip(new byte[1_000_000]);
    String message = assertThrows(
            DecodingException.class,
            () -> viewer.view(gzip, 0, DecoderChain.parse("gzip"), ViewWindow.FIRST))
        .getMessage();
    assertEquals("gzip: stopped after 5 ms, the most a view may take", message);
    ValueView view = viewer.view(gzip, 0, DecoderChain.AUTO, ViewWindow.FIRST);
    assertEquals(ValueFormat.HEX, view.format());
    assertEquals(message, view.notes().get(0));
  }

  @Test
  void theTextEndsWhereTheLimitIs() {
    ValueViewer viewer =
        new ValueViewer(new ViewLimits(100, 100, 10, 10, Duration.ofSeconds(9)), System::nanoTime);
    ValueView view = viewer.view(utf8("x".repeat(101)), 0, DecoderChain.AUTO, ViewWindow.FIRST);
    assertEquals(100, view.length());
    assertTrue(view.truncated());
    assertEquals(
        List.of("text: the text ends after 100 characters, the most a view may have"),
        view.notes());
  }
}
