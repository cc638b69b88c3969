package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PercentCodeTest {
  @Test
  void aPlusStaysAPlus() {
    assertEquals("a+b c", PercentCode.decode("a+b%20c"));
    assertEquals("+", PercentCode.decode("%2b"));
  }

  @Test
  void decodingHappensOnce() {
    assertEquals("%2B", PercentCode.decode("%252B"));
  }

  @Test
  void invalidEncodingIsRejected() {
    for (String wrong : List.of("%", "%2", "%zz", "a%", "%C3%28", "%ff", "%-1", "%+1")) {
      assertThrows(IllegalArgumentException.class, () -> PercentCode.decode(wrong), wrong);
    }
  }

  @Test
  void anyTextCanBeDecoded() {
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      String text = random
          .ints(20, 0, 0x11_0000)
          .filter(c -> c < 0xD800 || c > 0xDFFF)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
      assertEquals(
          text,
          PercentCode.decode(URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20")));
    }
  }
}
