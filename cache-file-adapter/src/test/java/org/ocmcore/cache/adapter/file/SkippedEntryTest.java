package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line is checked without its value exactly as it is parsed. */
final class SkippedEntryTest {
  private static final String REST =
      ",\"flags\":0,\"expires_at\":null,\"size\":65,\"last_access\":null}\n";

  private static boolean isParsed(String line) {
    byte[] text = line.getBytes(StandardCharsets.UTF_8);
    CanonicalEntryParser parsing = new CanonicalEntryParser(text, 0, text.length);
    CanonicalEntryParser skipping = new CanonicalEntryParser(text, 0, text.length);
    boolean isParsed = parsing.next().isPresent();
    assertEquals(isParsed, skipping.skip(), line);
    assertEquals(parsing.position(), skipping.position(), line);
    return isParsed;
  }

  private static String base64(String value) {
    return "{\"key\":\"a\",\"value_base64\":\"" + value + '"' + REST;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "",
        "esc\\n\\\"",
        "wrong\\u0041",
        "\\x",
        "open\\",
        "é",
        "tab\\t",
        "\\\\",
        "\\\\n"
      })
  void texts(String value) {
    isParsed("{\"key\":\"a\",\"value\":\"" + value + '"' + REST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "YQ==", "YQ", "Y", "YQ=", "Y===", "YQ==YQ==", "Y Q=", "YWI=", "=", "é"})
  void paddings(String end) {
    for (int before : new int[] {0, 4, 65_532, 65_533, 65_536, 131_072}) {
      isParsed(base64("A".repeat(before) + end));
      isParsed(base64("A".repeat(before) + end + "A".repeat(70_000)));
    }
  }

  @Test
  void aLargeValueIsCanonical() {
    byte[] value = new byte[1_000_000];
    new Random(1).nextBytes(value);
    assertTrue(isParsed(base64(Base64.getEncoder().encodeToString(value))));
  }

  @RepeatedTest(200)
  void damagedLines(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    String line = random.nextBoolean()
        ? base64(Base64.getEncoder().encodeToString("some value".getBytes(StandardCharsets.UTF_8)))
        : "{\"key\":\"a\",\"value\":\"a \\\"text\\\" with\\nlines\"" + REST;
    StringBuilder damaged = new StringBuilder(line);
    damaged.setCharAt(random.nextInt(line.length()), (char) (32 + random.nextInt(95)));
    isParsed(damaged.toString());
  }
}
