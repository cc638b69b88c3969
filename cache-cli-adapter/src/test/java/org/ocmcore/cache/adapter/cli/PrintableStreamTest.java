package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrintableStreamTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream =
      new PrintableStream(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void whatIsNotPrintableIsEscaped() {
    for (String[] each : new String[][] {
      {"\u0000\u0007\u001b[31m", "\\x00\\x07\\x1b[31m"},
      {"\n\r\t", "\\x0a\\x0d\\x09"},
      {"\u007f\u0085\u009b", "\\x7f\\x{85}\\x{9b}"},
      {"\u2028\u2029", "\\x{2028}\\x{2029}"},
      {"\u202e\u2066\u200f\u061c", "\\x{202e}\\x{2066}\\x{200f}\\x{61c}"},
      {"\u200b\ufeff\u00ad", "\\x{200b}\\x{feff}\\x{ad}"},
      {"\u00a0\u3000", "\\x{a0}\\x{3000}"},
      {"\ud800", "\\x{d800}"},
      {"\ue000\uffff", "\\x{e000}\\x{ffff}"},
      {"\udb40\udc41", "\\x{e0041}"},
      {"plain é 鍵 🔑 \\", "plain é 鍵 🔑 \\"}
    }) {
      bytes.reset();
      stream.println("a" + each[0] + "z");
      assertEquals(List.of("a" + each[1] + "z"), lines());
    }
  }

  @Test
  void stackTracesAreEscapedLineByLine() {
    Exception failure =
        new IllegalStateException("forged\n2026 INFO", new IllegalArgumentException("\u202e"));
    failure.addSuppressed(new IllegalStateException("\u009b"));
    failure.printStackTrace(stream);
    assertEquals(
        "java.lang.IllegalStateException: forged\\x0a2026 INFO", lines().get(0));
    assertTrue(lines().get(1).startsWith("\tat "), lines().get(1));
    assertTrue(lines().contains("Caused by: java.lang.IllegalArgumentException: \\x{202e}"));
    assertTrue(lines().contains("\tSuppressed: java.lang.IllegalStateException: \\x{9b}"));
  }
}
