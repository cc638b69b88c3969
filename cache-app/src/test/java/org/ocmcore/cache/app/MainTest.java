package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private static final List<String> VERBS = List.of(
      "keys",
      "tree",
      "get",
      "set",
      "rm",
      "touch",
      "flush",
      "stats",
      "analyze",
      "dumps",
      "diff",
      "jobs",
      "top",
      "config",
      "completion",
      "serve",
      "check",
      "dump",
      "restore",
      "verify",
      "inspect",
      "token",
      "audit");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int execute(Map<String, String> environment, String... arguments) {
    return new Main(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment)
        .execute(List.of(arguments));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void helpNamesEveryVerb() {
    assertEquals(0, execute(Map.of(), "--help"));
    for (String verb : VERBS) {
      assertTrue(out().contains("\n  " + verb + " "), verb);
    }
  }

  @Test
  void versionIsALine() {
    assertEquals(0, execute(Map.of(), "--version"));
    assertTrue(out().matches("Cache App .+\\R"), out());
  }

  @Test
  void wrongVerbsShowWhatThereIs() {
    assertEquals(2, execute(Map.of()));
    assertTrue(err().startsWith("cache: no verb is given\n"), err());
    assertTrue(err().contains("\n  serve "), err());
    err.reset();
    assertEquals(2, execute(Map.of(), "srve"));
    assertTrue(err().startsWith("cache: unknown verb: srve; did you mean serve?\n"), err());
    assertTrue(err().contains("\ncache: verbs: serve, keys, "), err());
    err.reset();
    assertEquals(2, execute(Map.of(), "kyes"));
    assertTrue(
        err().startsWith("cache: unknown verb: kyes; did you mean keys?\n")
            || err().startsWith("cache: unknown verb: kyes\n"),
        err());
    expectUsage("Unknown option: '--port'", "serve", "--port");
    assertEquals("", out());
  }

  private void expectUsage(String problem, String... arguments) {
    err.reset();
    assertEquals(2, execute(Map.of("MEMCACHED_HOST", "localhost"), arguments), problem);
    assertEquals("cache: " + problem + "; try cache " + arguments[0] + " --help\n", err());
    assertEquals("", out());
  }

  @Test
  void everyVerbHasHelp() {
    for (String verb : VERBS) {
      out.reset();
      assertEquals(0, execute(Map.of(), "help", verb));
      String help = out();
      out.reset();
      assertEquals(0, execute(Map.of(), verb, "--help"));
      assertEquals(help, out());
      assertTrue(help.contains("usage: cache " + verb), help);
      assertTrue(help.contains("--help"), help);
      assertTrue(help.lines().allMatch(line -> line.length() <= 100), help);
    }
  }

  @Test
  void anUnknownOptionNamesTheNearest() {
    expectUsage("Unknown option: '--rat'; did you mean --rate?", "dump", "--rat");
    expectUsage("Unknown option: '--drry-run'; did you mean --dry-run?", "restore", "--drry-run");
  }

  @Test
  void optionsAndFilesMustBeWhole() {
    expectUsage("Missing required parameter for option '--rate' (N)", "dump", "--rate");
    expectUsage(
        "option '--rate' (N) should be specified only once", "dump", "--rate=1", "--rate=2");
    expectUsage("\"b\" is one word too many", "dump", "a", "b");
    expectUsage("Missing required parameter: 'FILE'", "verify");
    expectUsage(
        "Invalid value for positional parameter at index 0 (FILE): the name of the file is empty",
        "inspect",
        "");
    expectUsage(
        "Invalid value for positional parameter at index 0 (FILE): \"-\" is not supported: a dump is a file, which is read back and checked before it counts",
        "restore",
        "-");
  }

  @Test
  void valuesOfOptionsAreHeldAgainstTheirBounds() {
    expectUsage("--mode is \"merge\": it must be add or replace", "restore", "--mode", "merge");
    expectUsage(
        "--ttl is \"0\": it must be keep, shift, never or 1 to 315360000 seconds",
        "restore",
        "--ttl=0");
    expectUsage(
        "--min-size is \"x\": it must be a number of bytes, such as 512, 10k or 1.5m",
        "inspect",
        "f",
        "--min-size",
        "x");
    expectUsage("--pattern is \"(\": Unclosed group", "inspect", "f", "--pattern", "(");
    expectUsage(
        "--min-size is 5, which is above --max-size, 4", "restore", "--min-size=5", "--max-size=4");
    expectUsage(
        "only one of --prefix and --prefix-base64 can be given",
        "inspect",
        "f",
        "--prefix=a",
        "--prefix-base64=YQ==");
  }

  @Test
  void optionErrorsNameTheOption() {
    Map<String, String> servers = Map.of("MEMCACHED_HOST", "localhost", "CACHE_DUMP_KEEP", "x");
    assertEquals(2, execute(servers, "dump", "--rate", "fast", "--max-latency-ms=-1", "folder/"));
    List<String> reported = err().lines().toList();
    assertEquals(3, reported.size(), err());
    assertTrue(reported.get(0).startsWith("cache: CACHE_DUMP_KEEP is \"x\": "), err());
    assertTrue(reported.get(1).startsWith("cache: --rate is \"fast\": "), err());
    assertTrue(reported.get(2).startsWith("cache: --max-latency-ms is \"-1\": "), err());
  }

  @Test
  void dumpAndRestoreNeedServers() {
    for (String command : List.of("dump", "restore")) {
      err.reset();
      assertEquals(2, execute(Map.of("CACHE_ENVIRONMENT", "development"), command));
      assertEquals(
          "cache: the store is memory, and that of this process is empty:"
              + " set MEMCACHED_SERVERS (or MEMCACHED_HOST), or give --servers\n",
          err());
    }
  }

  @Test
  void nothingIsRestoredInProduction(@TempDir Path folder) {
    Map<String, String> production = Map.of("MEMCACHED_HOST", "localhost");
    assertEquals(3, execute(production, "restore", folder.resolve("none.json").toString()));
    assertEquals("""
        cache: restore failed: the environment is production, which only reads
        cache: to allow it: CACHE_ENVIRONMENT=development cache restore ...; --dry-run is allowed as it is
        """, err());
  }

  @Test
  void unreadableFileIsAFailure(@TempDir Path folder) throws IOException {
    String none = folder.resolve("none.json").toString();
    assertEquals(1, execute(Map.of(), "verify", none));
    assertEquals("cache: verify failed: there is no file " + none + "\n", err());
    assertEquals(1, execute(Map.of(), "inspect", folder.toString()));
    assertEquals("", out());
  }

  @Test
  void aSymbolicLinkIsFollowedOnlyIfAsked(@TempDir Path folder) throws IOException {
    Path target = Files.writeString(folder.resolve("target.csv"), "key,value\na,b\n");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    for (String command : List.of("verify", "inspect")) {
      err.reset();
      assertEquals(1, execute(Map.of(), command, link.toString()));
      assertEquals(
          "cache: %s failed: '%s' is a symbolic link; name the file that it leads to, or add --follow-symlinks%n"
              .formatted(command, link),
          err());
      assertEquals(0, execute(Map.of(), command, "--follow-symlinks", link.toString()));
    }
    for (String allowed : List.of("false", "true")) {
      err.reset();
      Map<String, String> settings = Map.of(
          "MEMCACHED_SERVERS",
          "127.0.0.1:1",
          "CACHE_DUMP_FILE",
          link.toString(),
          "CACHE_DUMP_FOLLOW_SYMLINKS",
          allowed);
      for (String command : List.of("dump", "restore")) {
        assertEquals(
            1,
            command.equals("dump")
                ? execute(settings, command)
                : execute(settings, command, "--dry-run"));
        boolean refused = err().contains("'" + link + "' is a symbolic link");
        assertEquals(allowed.equals("false"), refused, err());
      }
    }
    assertTrue(Files.isSymbolicLink(link));
  }

  @Test
  void fileThatIsNoDumpIsReported(@TempDir Path folder) throws IOException {
    Path list = Files.writeString(folder.resolve("old.json"), "[\"a\", \"b\"]");
    assertEquals(5, execute(Map.of(), "verify", list.toString()));
    assertTrue(out().startsWith("no dump: it is a list of 2 keys"), out());
    assertEquals(5, execute(Map.of(), "inspect", list.toString()));
    assertTrue(err().startsWith("cache: inspect failed: dump 'old.json' is not usable"), err());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(list), files.toList());
    }
  }

  @Test
  void variablesOfTheCommandLineAreNoUnknownSettings() {
    Map<String, String> variables = Map.of("CACHE_URL", "http://127.0.0.1:1", "CACHE_TOKEN", "x");
    assertEquals(0, execute(variables, "config"), err());
    assertEquals(1, execute(variables, "keys"));
    assertTrue(err().contains("http://127.0.0.1:1/api/cache/ does not answer"), err());
  }

  @Test
  void aBadSettingKeepsItFromStarting() {
    assertEquals(2, execute(Map.of("CACHE_ENVIRONMENT", "staging"), "serve"));
    assertEquals(1, err().lines().count());
    assertTrue(err().contains("CACHE_ENVIRONMENT is \"staging\""), err());
  }

  @Test
  void aTakenPortKeepsItFromStarting(@TempDir Path folder) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());
      Map<String, String> environment = Map.of(
          "CACHE_HTTP_PORT", port, "CACHE_DUMP_FILE", folder.resolve("d.json").toString());
      assertEquals(1, execute(environment, "serve"));
      assertEquals(1, err().lines().count(), err());
      assertTrue(err().contains("127.0.0.1:" + port), err());
      assertTrue(err().contains("CACHE_HTTP_PORT"), err());
    }
  }

  @Test
  void missingDumpFolderPreventsTheStart(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    Map<String, String> environment =
        Map.of("CACHE_HTTP_PORT", "0", "CACHE_DUMP_FILE", file.resolve("d.json").toString());
    assertEquals(1, execute(environment, "serve"));
    assertEquals(1, err().lines().count(), err());
    assertTrue(err().contains(file.toString()), err());
  }
}
