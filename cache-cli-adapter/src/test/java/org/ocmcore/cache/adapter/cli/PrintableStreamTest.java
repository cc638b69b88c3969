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
      {"\u0000\u0007\u001b[31m", "\\u0000\\u0007\\u001b[31m"},
      {"\n\r\t", "\\u000a\\u000d\\u0009"},
      {"\u007f\u0085\u009b", "\\u007f\\u0085\\u009b"},
      {"\u2028\u2029", "\\u2028\\u2029"},
      {"\u202e\u2066\u200f\u061c", "\\u202e\\u2066\\u200f\\u061c"},
      {"\u200b\ufeff\u00ad", "\\u200b\\ufeff\\u00ad"},
      {"\u00a0\u3000", "\\u00a0\\u3000"},
      {"\ud800", "\\ud800"},
      {"\ue000\uffff", "\\ue000\\uffff"},
      {"\udb40\udc41", "\\udb40\\udc41"},
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
        "java.lang.IllegalStateException: forged\\u000a2026 INFO", lines().get(0));
    assertTrue(lines().get(1).startsWith("\tat "), lines().get(1));
    assertTrue(lines().contains("Caused by: java.lang.IllegalArgumentException: \\u202e"));
    assertTrue(lines().contains("\tSuppressed: java.lang.IllegalStateException: \\u009b"));
  }
}
