package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.testing.FuzzSeed;

/**
 * Arguments, one a line, end with a documented exit status and printable text, whatever they are.
 * Wrong ones ask no server.
 */
final class CommandLineFuzzTest {
  public static void fuzzerTestOneInput(byte[] input) {
    List<String> arguments = new ArrayList<>();
    for (String line : new String(input, StandardCharsets.UTF_8).split("\n", -1)) {
      // What leads to services and files of this machine stays outside.
      if (!line.startsWith("--url") && !line.startsWith("@")) {
        arguments.add(line);
      }
    }
    check(arguments, RefusedCommand.execute(arguments));
  }

  static void check(List<String> arguments, RefusedCommand end) {
    String about = arguments + ": " + end;
    assertTrue(end.status() >= Exit.DONE && end.status() <= Exit.NOT_CONFIRMED, about);
    assertFalse(end.err().contains("\tat "), about);
    assertPrintable(withoutStyles(end.out()), about);
    assertPrintable(withoutStyles(end.err()), about);
    if (end.status() == Exit.USAGE) {
      assertEquals(0, end.asked(), about);
      assertTrue(end.err().matches("(?s)(\u001b\\[[0-9;]*m)?(cache: |\\{\"problem\":\").*"), about);
    }
  }

  /** Without the styles that --color asks for. */
  private static String withoutStyles(String text) {
    return text.replaceAll("\u001b\\[[0-9;]*m", "");
  }

  private static void assertPrintable(String text, String about) {
    assertTrue(
        text.codePoints()
            .allMatch(character -> character == '\n' || TerminalText.isPrintable(character)),
        about);
  }

  static Stream<FuzzSeed> seeds() {
    return FuzzSeed.of(CommandLineFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void seedHolds(FuzzSeed seed) {
    fuzzerTestOneInput(seed.bytes());
  }
}
