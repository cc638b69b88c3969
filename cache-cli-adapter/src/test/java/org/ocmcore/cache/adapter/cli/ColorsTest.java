package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColorsTest {
  private static Colors onTerminal(Map<String, String> environment) {
    return new Colors(environment, () -> true, () -> true);
  }

  @Test
  void eachStreamIsDecidedAlone() {
    Colors colors = new Colors(Map.of("TERM", "xterm"), () -> false, () -> true);
    assertFalse(colors.onOut());
    assertTrue(colors.onErr());
  }

  @Test
  void variablesSwitchThemOff() {
    assertTrue(onTerminal(Map.of("TERM", "xterm", "NO_COLOR", "")).onOut());
    assertFalse(onTerminal(Map.of("TERM", "xterm", "NO_COLOR", "0")).onOut());
    assertFalse(onTerminal(Map.of("TERM", "dumb")).onErr());
    assertFalse(onTerminal(Map.of()).onErr());
  }

  @Test
  void theOptionComesFirst() {
    Colors always = new Colors(Map.of("NO_COLOR", "1"), () -> false, () -> false);
    always.want("always");
    assertTrue(always.onOut() && always.onErr());
    Colors never = onTerminal(Map.of("TERM", "xterm"));
    never.want("never");
    assertFalse(never.onOut() || never.onErr());
    never.want("blue");
    assertThrows(WrongUsage.class, never::requireKnown);
  }

  @Test
  void stylesAreAroundEscapedText() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream target = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Style.ERROR.println(new PrintableStream(target, true, () -> true), "a\u001b[2J");
    Style.ERROR.println(new PrintableStream(target, true, () -> false), "b");
    Style.PLAIN.println(new PrintableStream(target, true, () -> true), "c");
    assertEquals("\u001b[1;31ma\\x1b[2J\u001b[0m\nb\nc\n", bytes.toString(StandardCharsets.UTF_8));
  }
}
