package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class ValueJsonTest {
  private final JsonMapper json = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();
  private final ValueJson values = new ValueJson(json);

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
  void otherJsonIsMarkedInTheFlags() {
    for (String text : List.of(
        "1", "null", "[1]", "{\"a\":1}", "{\"base64\":1}", "{\"base64\":\"AA==\",\"b\":1}")) {
      CacheValue stored = store(text);
      assertEquals(ValueJson.JSON_FLAGS, stored.flags());
      assertEquals("json", values.show(stored).encoding());
      assertEquals(json.readTree(text), values.show(stored).value());
    }
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
    assertEquals("text", values.show(CacheValue.of(text, ValueJson.JSON_FLAGS)).encoding());
    assertEquals(
        "text", values.show(CacheValue.of(new byte[0], ValueJson.JSON_FLAGS)).encoding());
    assertEquals(
        "base64",
        values
            .show(CacheValue.of(new byte[] {(byte) 0xff}, ValueJson.JSON_FLAGS))
            .encoding());
  }

  @Test
  void markedJsonWithAHugeNumberIsText() {
    byte[] text = "1e99999999999".getBytes(StandardCharsets.UTF_8);
    assertEquals("text", values.show(CacheValue.of(text, ValueJson.JSON_FLAGS)).encoding());
  }

  @Test
  void binaryValuesNameTheirEncoding() {
    ValueJson.Shown shown = values.show(CacheValue.of(new byte[] {(byte) 0xff}, 0));
    assertEquals(Map.of("base64", "/w=="), shown.alone());
    assertEquals("text", values.show(CacheValue.ofText("text")).alone());
  }
}
