package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.JsonMark;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class ValueJsonTest {
  private final JsonMapper json = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();
  private final ValueJson values = new ValueJson(json, key -> false, 1_000);

  private CacheValue store(String text) {
    return values.toStore(json.readTree(text));
  }

  @Test
  void aStringIsStoredAsItsPlainBytes() {
    assertEquals(CacheValue.ofText("ünï"), store("\"ünï\""));
  }

  @Test
  void base64IsStoredAsItsBytes() {
    assertEquals(CacheValue.of(new byte[] {0, (byte) 0xff}, 0), store("{\"base64\": \"AP8=\"}"));
    assertThrows(IllegalArgumentException.class, () -> store("{\"base64\": \"?\"}"));
  }

  @Test
  void otherJsonIsMarkedByWhiteSpace() {
    for (String text : List.of(
        "1",
        "null",
        "true",
        "[1]",
        "{\"a\":1}",
        "{\"base64\":1}",
        "{\"base64\":\"AA==\",\"b\":1}")) {
      CacheValue stored = store(text);
      assertEquals(CacheValue.ofText(text + " \t\n"), stored);
      assertEquals("json", values.show(stored).encoding());
      assertEquals(json.readTree(text), values.show(stored).value());
    }
  }

  /** Jackson would read it, and put another character for half a surrogate pair. */
  @Test
  void jsonInAnotherEncodingIsNone() {
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] bytes = "[1] ".getBytes(charset);
      assertThrows(JacksonException.class, () -> JsonBody.parse(json, bytes), charset.name());
    }
  }

  @Test
  void textThatLooksLikeJsonStaysText() {
    for (String text : List.of(
        "42", "{}", "true", "null", "[1]", "\"a\"", "42\n", "{} ", " \t\n", "no json \t\n", "")) {
      CacheValue stored = values.toStore(json.valueToTree(text));
      assertEquals(CacheValue.ofText(text), stored);
      assertEquals(new ValueJson.Shown("text", text), values.show(stored));
    }
  }

  @Test
  void textWithTheMarkOfJsonIsRejected() {
    for (String text : List.of("42 \t\n", "{\"a\":1} \t\n", "\"a\" \t\n")) {
      assertThrows(
          IllegalArgumentException.class, () -> values.toStore(json.valueToTree(text)), text);
    }
  }

  @Test
  void jsonWithTheOldFlagsIsStillRead() {
    CacheValue old = CacheValue.of("{\"a\":1}".getBytes(StandardCharsets.UTF_8), 0x4A53_0000L);
    assertEquals("json", values.show(old).encoding());
    assertEquals(json.readTree("{\"a\":1}"), values.show(old).value());
  }

  @Test
  void halfASurrogatePairIsRejected() {
    assertThrows(IllegalArgumentException.class, () -> store("\"\\ud800\""));
  }

  @Test
  void unmarkedJsonIsText() {
    assertEquals(
        new ValueJson.Shown("text", "{\"a\":1}"), values.show(CacheValue.ofText("{\"a\":1}")));
  }

  @Test
  void markedBytesThatAreNotJsonAreText() {
    byte[] text = "{no json".getBytes(StandardCharsets.UTF_8);
    assertEquals("text", values.show(CacheValue.of(text, JsonMark.OLD_FLAGS)).encoding());
    assertEquals(
        "text", values.show(CacheValue.of(new byte[0], JsonMark.OLD_FLAGS)).encoding());
    assertEquals(
        "base64",
        values.show(CacheValue.of(new byte[] {(byte) 0xff}, JsonMark.OLD_FLAGS)).encoding());
  }

  @Test
  void markedJsonWithAHugeNumberIsText() {
    byte[] text = "1e99999999999".getBytes(StandardCharsets.UTF_8);
    assertEquals("text", values.show(CacheValue.of(text, JsonMark.OLD_FLAGS)).encoding());
  }

  @Test
  void binaryValuesNameTheirEncoding() {
    ValueJson.Shown shown = values.show(CacheValue.of(new byte[] {(byte) 0xff}, 0));
    assertEquals(Map.of("base64", "/w=="), shown.alone());
    assertEquals("text", values.show(CacheValue.ofText("text")).alone());
  }
}
