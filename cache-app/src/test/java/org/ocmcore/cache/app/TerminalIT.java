package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.Release;

/** The jar as people use it: in a terminal. */
class TerminalIT {
  private static final String CTRL_C = "\u0003";
  private static final String QUESTION = "type 3 and press Enter";
  private static final String ESCAPE = "\u001b";
  private static final String ALTERNATE = ESCAPE + "[?1049h";
  private static final String NORMAL = ESCAPE + "[?1049l";
  private static final String CURSOR_SHOWN = ESCAPE + "[?25h";
  private static final int INTERRUPTED = 130;

  /** Would clear the screen, and is a valid key. */
  private static final String HOSTILE = "user:\u001b[2J\u001b]0;x\u0007";

  private static final String ESCAPED = "user:\\x1b[2J\\x1b]0;x\\x07";

  @TempDir
  private Path folder;

  private final MemcachedServer server = MemcachedServer.start(Release.NEWER, "-B", "ascii");

  @AfterEach
  void stop() {
    server.close();
  }

  private void storeKeys() {
    for (String key : List.of("user:1", "user:2", "user:3", "page:1")) {
      store(key);
    }
  }

  private void store(String key) {
    server.command("set " + key + " 0 0 1\r\nv");
  }

  /** The text protocol takes control characters in keys, but for line ends and blanks. */
  private void storeHostile() {
    String base64 = Base64.getEncoder().encodeToString(HOSTILE.getBytes(StandardCharsets.UTF_8));
    server.command("ms " + base64 + " 1 b\r\nv");
  }

  private PseudoTerminal start(String... arguments) {
    return start(Map.of(), "exec \"$@\"", arguments);
  }

  private PseudoTerminal start(Map<String, String> settings, String shell, String... arguments) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("MEMCACHED_SERVERS", server.address());
    environment.put("CACHE_ENVIRONMENT", "development");
    return PseudoTerminal.start(folder, environment, shell, new ArrayList<>(List.of(arguments)));
  }

  private static void assertNothingObeyed(String printed) {
    assertFalse(printed.contains(ESCAPE + "[2J" + ESCAPE + "]0"), printed);
    assertFalse(printed.contains(ESCAPE + "]0"), printed);
  }

  @Test
  void aWrongCountDeletesNothing() throws Exception {
    storeKeys();
    try (PseudoTerminal terminal = start("rm", "--prefix", "user:")) {
      terminal.await(QUESTION);
      terminal.send("4\n");
      assertEquals(7, terminal.awaitEnd(), terminal.printed());
      assertTrue(terminal.printed().contains("not confirmed: nothing was done"));
    }
    assertEquals(4, server.stat("curr_items"));
  }

  @Test
  void theRightCountDeletes() throws Exception {
    storeKeys();
    try (PseudoTerminal terminal = start("rm", "--prefix", "user:")) {
      terminal.await(QUESTION);
      terminal.send("3\n");
      assertEquals(0, terminal.awaitEnd(), terminal.printed());
      assertTrue(terminal.printed().contains("3 keys deleted"), terminal.printed());
    }
    assertEquals(1, server.stat("curr_items"));
  }

  @Test
  void aPlanIsShownAgainAndAskedFor() throws Exception {
    storeKeys();
    try (RunningService service = RunningService.start(
        StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", server.address()))) {
      String plan = service
          .client()
          .send("DELETE", "/pattern/manage/", "{\"pattern\": \"^user:\", \"dry_run\": true}")
          .text("plan");
      for (String answer : List.of("4\n", "3\n")) {
        try (PseudoTerminal terminal = start("--url", service.url(), "rm", "--plan", plan)) {
          terminal.await("3 keys (");
          terminal.await(QUESTION);
          terminal.send(answer);
          assertEquals(answer.equals("3\n") ? 0 : 7, terminal.awaitEnd(), terminal.printed());
        }
        assertEquals(answer.equals("3\n") ? 1 : 4, server.stat("curr_items"));
      }
    }
  }

  @Test
  void anInterruptedQuestionDeletesNothing() throws Exception {
    storeKeys();
    try (PseudoTerminal terminal = start("rm", "--prefix", "user:")) {
      String before = terminal.modes();
      terminal.await(QUESTION);
      terminal.send(CTRL_C);
      assertEquals(INTERRUPTED, terminal.awaitEnd(), terminal.printed());
      assertEquals(before, terminal.modes());
    }
    assertEquals(4, server.stat("curr_items"));
  }

  @Test
  void tailShowsEscapedKeysUntilItIsInterrupted() throws Exception {
    try (PseudoTerminal terminal = start("tail")) {
      String before = terminal.modes();
      Await.until(() -> {
        storeHostile();
        return terminal.printed().contains(ESCAPED);
      });
      terminal.send(CTRL_C);
      assertEquals(INTERRUPTED, terminal.awaitEnd(), terminal.printed());
      assertEquals(before, terminal.modes());
      assertNothingObeyed(terminal.printed());
    }
  }

  @Test
  void keysAndPreviewsAreEscaped() throws Exception {
    storeHostile();
    try (PseudoTerminal terminal = start("keys")) {
      assertEquals(0, terminal.awaitEnd(), terminal.printed());
      assertTrue(terminal.printed().contains(ESCAPED), terminal.printed());
      assertNothingObeyed(terminal.printed());
    }
    try (PseudoTerminal terminal = start("rm", "--prefix", "user:")) {
      terminal.await("type 1 and press Enter");
      assertTrue(terminal.printed().contains("such as " + ESCAPED), terminal.printed());
      assertNothingObeyed(terminal.printed());
      terminal.send(CTRL_C);
      assertEquals(INTERRUPTED, terminal.awaitEnd());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"q", CTRL_C, "TERM"})
  void everyEndOfTopRestoresTheTerminal(String end) throws Exception {
    Path pid = folder.resolve("pid");
    try (PseudoTerminal terminal =
        start(Map.of(), "echo $$ > " + pid + "; exec \"$@\"", "top", "--interval", "200ms")) {
      String before = terminal.modes();
      terminal.await(server.address());
      assertNotEquals(before, terminal.modes());
      String drawn = terminal.printed();
      assertTrue(drawn.contains(ALTERNATE), drawn);
      if (end.equals("TERM")) {
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
            .orElseThrow()
            .destroy();
      } else {
        terminal.send(end);
      }
      int expected = end.equals("q") ? 0 : end.equals(CTRL_C) ? INTERRUPTED : 143;
      assertEquals(expected, terminal.awaitEnd(), terminal.printed());
      assertEquals(before, terminal.modes());
      String printed = terminal.printed();
      int left = printed.lastIndexOf(NORMAL);
      assertTrue(left > printed.lastIndexOf(ALTERNATE), printed);
      assertTrue(left > printed.lastIndexOf(server.address()), printed);
      assertTrue(printed.contains(CURSOR_SHOWN), printed);
    }
  }

  @Test
  void topShowsRatesAndRedrawsOnResize() throws Exception {
    try (PseudoTerminal terminal = start("top", "--interval", "200ms")) {
      terminal.await("evictions/s");
      Await.until(() -> {
        store("k");
        return terminal.printed().matches("(?s).*sets [1-9][0-9.,]*/s.*");
      });
      // An answer of a terminal, and F2.
      terminal.send(ESCAPE + "[?62;22c" + ESCAPE + "OQ");
      terminal.send("g");
      terminal.await("sorted by gets");
      assertFalse(terminal.printed().contains("end, as Ctrl-C does"), terminal.printed());
      int before = terminal.printed().length();
      terminal.resize(10, 40);
      terminal.await(ESCAPE + "[2J", before);
      terminal.await("gets/s", before);
      terminal.await("q quit", before);
      String redrawn = terminal.printed().substring(before);
      redrawn = redrawn.substring(redrawn.indexOf(ESCAPE + "[2J"));
      for (String line : redrawn.split(ESCAPE + "\\[\\d+;1H")) {
        String text = line.replaceAll(ESCAPE + "\\[[0-9;?]*[A-Za-z]", "");
        assertTrue(text.length() <= 40, text);
      }
      terminal.send("?");
      terminal.await("end, as Ctrl-C does", before);
      terminal.send("q");
      assertEquals(0, terminal.awaitEnd(), terminal.printed());
    }
  }

  @Test
  void topKeepsServersThatEndAsRedRows() throws Exception {
    MemcachedServer other = MemcachedServer.start();
    String both = server.address() + "," + other.address();
    try (PseudoTerminal terminal = start("top", "--interval", "200ms", "--servers", both)) {
      terminal.await(other.address());
      other.close();
      terminal.await(ESCAPE + "[31m" + other.address());
      int before = terminal.printed().length();
      terminal.await(ESCAPE + "[K" + server.address(), before);
      terminal.send("q");
      assertEquals(0, terminal.awaitEnd(), terminal.printed());
    }
  }

  @Test
  void coloursAreForTerminals() throws Exception {
    try (PseudoTerminal terminal = start("stats")) {
      assertEquals(0, terminal.awaitEnd());
      assertTrue(terminal.printed().contains(ESCAPE + "[1mserver "), terminal.printed());
    }
    try (PseudoTerminal terminal = start(Map.of("NO_COLOR", "1"), "exec \"$@\"", "stats")) {
      assertEquals(0, terminal.awaitEnd());
      assertFalse(terminal.printed().contains(ESCAPE), terminal.printed());
    }
    try (PseudoTerminal terminal = start("stats", "-o", "csv", "--color", "always")) {
      assertEquals(0, terminal.awaitEnd());
      assertFalse(terminal.printed().contains(ESCAPE), terminal.printed());
    }
  }

  @Test
  void pipesHaveNoColoursAndMessagesDo() throws Exception {
    Path file = folder.resolve("out");
    server.close();
    try (PseudoTerminal terminal =
        start(Map.of(), "exec \"$@\" > " + file, "get", "nothing", "--servers", "127.0.0.1:1")) {
      assertEquals(1, terminal.awaitEnd());
      assertTrue(terminal.printed().startsWith(ESCAPE + "[1;31mcache: "), terminal.printed());
    }
    try (PseudoTerminal terminal = start(Map.of(), "exec \"$@\" > " + file, "--help")) {
      assertEquals(0, terminal.awaitEnd());
      assertFalse(Files.readString(file).contains(ESCAPE));
    }
  }

  @Test
  void otherVerbsLoadNoTerminalLibrary() throws IOException, InterruptedException {
    for (String verb : List.of("stats", "top")) {
      Process process = new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xlog:class+load",
              "-jar",
              System.getProperty("cache.jar"),
              verb,
              "--servers",
              server.address(),
              verb.equals("top") ? "--once" : "--exact")
          .start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), printed);
      assertTrue(printed.contains("org.ocmcore.cache.adapter.cli.StatsView"), printed);
      assertFalse(printed.contains("org.jline."), verb);
    }
  }
}
