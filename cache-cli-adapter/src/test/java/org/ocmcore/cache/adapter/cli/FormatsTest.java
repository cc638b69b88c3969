package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.AppRule;

/** Numbers, tables and texts as people and scripts read them. */
class FormatsTest {
  @Test
  void bytesHaveTheUnitThatKeepsThemShort() {
    assertEquals("0 B", Formats.bytes(0));
    assertEquals("1023 B", Formats.bytes(1_023));
    assertEquals("1.0 KiB", Formats.bytes(1_024));
    assertEquals("1.0 MiB", Formats.bytes(1_048_575));
    assertEquals("1.5 GiB", Formats.bytes(1_610_612_736L));
    assertEquals("8.0 EiB", Formats.bytes(Long.MAX_VALUE));
  }

  @Test
  void timesHaveTwoUnitsAtMost() {
    assertEquals("0 s", Formats.time(Duration.ofMillis(999)));
    assertEquals("59 s", Formats.time(Duration.ofSeconds(59)));
    assertEquals("1 min 00 s", Formats.time(Duration.ofSeconds(60)));
    assertEquals("2 h 03 min", Formats.time(Duration.ofSeconds(7_389)));
    assertEquals(
        "1.50 s, 2,000 keys a second", Formats.throughput(Duration.ofMillis(1_500), 3_000, "keys"));
  }

  @Test
  void columnsOfATableAreAligned() {
    Table table = new Table("app", "keys");
    table.add(List.of("é", "1,000"));
    table.add(List.of("user", "2"));
    assertEquals(List.of("app    keys", "é     1,000", "user      2"), table.lines());
    assertThrows(IllegalArgumentException.class, () -> table.add(List.of("x")));
  }

  @Test
  void noKeyOrValueCommandsATerminal() {
    assertEquals(
        "a\\x1b[2Jb",
        TerminalText.key(CacheKey.ofBytes("a\u001b[2Jb".getBytes(StandardCharsets.UTF_8))));
    assertEquals("é\\x{202e}x", TerminalText.line("é\u202ex"));
    for (int invisible : new int[] {0x34f, 0x115f, 0x180b, 0x2800, 0x3164, 0xfe0f, 0xe0100}) {
      assertEquals(
          "a\\x{%x}b".formatted(invisible),
          TerminalText.line("a" + Character.toString(invisible) + "b"));
    }
    assertEquals(
        "\\x{85}", TerminalText.key(CacheKey.ofBytes(new byte[] {(byte) 0xc2, (byte) 0x85})));
    assertEquals("\\x85", TerminalText.key(CacheKey.ofBytes(new byte[] {(byte) 0x85})));
    assertEquals("\\x5cx{85}", TerminalText.key(CacheKey.of("\\x{85}")));
    assertEquals("base64: //4=", TerminalText.line(CacheValue.of(new byte[] {-1, -2}, 0)));
    assertEquals(
        "x".repeat(1_000) + "… (1001 bytes, flags 0)",
        TerminalText.line(CacheValue.ofText("x".repeat(1_001))));
  }

  private record Sample(String aB, long n, OptionalLong none) {}

  @Test
  void jsonIsAsciiWhateverTheTextIs() {
    assertEquals(
        "{\"a_b\":\"\\\\\\n\\u00E9\\uD83D\\uDE00\",\"n\":1,\"none\":null}",
        JsonOutput.line(new Sample("\\\né😀", 1, OptionalLong.empty())));
  }

  @Test
  void appsAreOrderedByBytesAndBounded() {
    AppTotals totals = new AppTotals(AppRule.DEFAULT.finder());
    for (int i = 0; i < 100_010; i++) {
      totals.add(CacheKey.of(i + ":x"), 1);
    }
    totals.add(CacheKey.of("7:y"), 5);
    assertEquals("(others)", totals.top(2).get(0).app());
    assertEquals(10, totals.top(2).get(0).keys());
    assertEquals("7", totals.top(2).get(1).app());
    assertEquals(6, totals.top(2).get(1).bytes());
  }
}
