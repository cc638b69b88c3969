package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each verb prints in each format, as it is kept in {@code src/test/resources/golden}. After a
 * wanted change, {@code -Dgolden.update=true} writes the files anew; read their differences.
 */
class GoldenIT {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final List<String> FORMATS = List.of("table", "json", "ndjson", "csv");
  private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

  /** A name for the file, and the arguments; FILE, OTHER, AUDIT and TOKENS stand for files. */
  private static final Map<String, String> COMMANDS = Map.ofEntries(
      Map.entry("keys", "keys -l"),
      Map.entry("tree", "tree"),
      Map.entry("get", "get user:1 nothing"),
      Map.entry("get-meta", "get --meta user:1"),
      Map.entry("get-decode", "get --decode auto user:1"),
      Map.entry("set", "set user:9 nine"),
      Map.entry("rm", "rm user:1 nothing"),
      Map.entry("rm-preview", "rm --prefix user: --dry-run"),
      Map.entry("touch", "touch --ttl 2h user:1"),
      Map.entry("flush", "flush --yes --max-keys 100"),
      Map.entry("stats", "stats"),
      Map.entry("check", "check"),
      Map.entry("top", "top --once --interval 100ms"),
      Map.entry("analyze", "analyze"),
      Map.entry("analyze-dump", "analyze FILE"),
      Map.entry("diff", "diff FILE OTHER"),
      Map.entry("dumps-ls", "dumps ls"),
      Map.entry("jobs-ls", "jobs ls"),
      Map.entry("verify", "verify FILE"),
      Map.entry("inspect", "inspect FILE --values"),
      Map.entry("audit", "audit verify AUDIT"),
      Map.entry("token-list", "token list --file TOKENS"),
      Map.entry("unknown-option", "keys --nothing"),
      Map.entry("no-file", "verify nothing.json"));

  /** What is never twice the same, by its name. */
  private static final String VOLATILE =
      "duration_ms|uptime_seconds|latency_ms|last_access_seconds|ttl_seconds|hits|misses|hit_ratio"
          + "|per_second|interval_seconds|limit_bytes|last_walk_seconds|[a-z]+_per_second";

  @TempDir
  private Path folder;

  private RunningService service;
  private final TypedCommand command = new TypedCommand();

  static Stream<Arguments> commands() {
    return COMMANDS.keySet().stream()
        .sorted()
        .flatMap(name -> FORMATS.stream().map(format -> Arguments.of(name, format)));
  }

  @BeforeEach
  void start() throws IOException {
    Path audit = folder.resolve("audit.log");
    service = RunningService.start(
        StoreKind.MEMORY, "development", Map.of("CACHE_AUDIT_FILE", audit.toString()));
    command.with("CACHE_URL", service.url());
    for (int i = 1; i <= 3; i++) {
      command.execute("set", "user:" + i, "value " + i, "--ttl", "never");
    }
    command.execute("set", "page:evil\\x1b[31m", "{\"a\": 1}", "--ttl", "3h");
    service.client().send("POST", "/", "{}").expect(200);
    file("dump.ndjson", "one", "two", "three");
    file("other.ndjson", "one", "2", "three", "four");
    Files.writeString(
        folder.resolve("tokens"),
        "ops operator sha256:%s\nteam viewer sha256:%s apps=user expires=2099-01-01T00:00:00Z\n"
            .formatted("0".repeat(64), "1".repeat(64)));
  }

  private void file(String name, String... values) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String value : values) {
      lines.add("{\"key\":\"k:%s\",\"value\":\"%s\",\"ttl\":null,\"flags\":7}"
          .formatted(lines.size(), value));
    }
    Path file = Files.write(folder.resolve(name), lines);
    Files.setLastModifiedTime(file, FileTime.from(THEN));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aVerbPrintsWhatItAlwaysDid(String name, String format) throws IOException {
    List<String> arguments = new ArrayList<>();
    for (String word : COMMANDS.get(name).split(" ")) {
      arguments.add(
          switch (word) {
            case "FILE" -> folder.resolve("dump.ndjson").toString();
            case "OTHER" -> folder.resolve("other.ndjson").toString();
            case "AUDIT" -> folder.resolve("audit.log").toString();
            case "TOKENS" -> folder.resolve("tokens").toString();
            default -> word;
          });
    }
    arguments.addAll(List.of("-o", format));
    int status = command.execute(arguments.toArray(String[]::new));
    String printed = "exit status %d%n--- standard output%n%s--- standard error%n%s"
        .formatted(status, command.out(), command.err());
    assertFalse(printed.contains("\u001b"), printed);
    compare(GOLDEN.resolve(name + "." + format), steady(printed, format));
  }

  private static void compare(Path golden, String printed) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, printed);
    }
    if (!Files.exists(golden)) {
      fail("there is no " + golden + "; -Dgolden.update=true writes it");
    }
    assertEquals(Files.readString(golden), printed);
  }

  /** Without what differs between two executions. */
  private String steady(String text, String format) {
    String known = text.replace(folder.toString(), "FOLDER")
        .replace(service.dumpFile().getParent().toString(), "DUMPS")
        .replace(service.url(), "http://SERVICE")
        .replace(System.getProperty("java.vm.version"), "VERSION")
        .replace(System.getProperty("java.runtime.version"), "VERSION")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "TIME")
        .replaceAll("dump-\\d{8}T\\d{6}\\.\\d{3}Z", "dump-TIME")
        .replaceAll("(\"plan\":\"|--plan )[0-9a-v]{16}", "$1PLAN")
        .replaceAll("\\b[0-9a-v]{16}\\b|\\b[0-9a-f]{64}\\b", "ID");
    return switch (format) {
      case "csv" -> steadyRows(known);
      case "table" ->
        known
            .replaceAll("[0-9.]+ (ms|%|GiB|MiB)|\\b(\\d+m )?\\d+s\\b|\\b2h 59m\\b|\\b3h\\b", "N")
            .replaceAll(" {2,}", "  ");
      default -> known.replaceAll("\"(" + VOLATILE + ")\":[0-9.E-]+", "\"$1\":0");
    };
  }

  private static String steadyRows(String text) {
    List<String> lines = new ArrayList<>();
    List<String> names = List.of();
    for (String line : text.lines().toList()) {
      String[] cells = line.split(",", -1);
      if (names.size() == cells.length && names.size() > 1) {
        for (int i = 0; i < cells.length; i++) {
          cells[i] = names.get(i).matches(VOLATILE) && !cells[i].isEmpty() ? "0" : cells[i];
        }
      } else {
        names = List.of(cells);
      }
      lines.add(String.join(",", cells));
    }
    return String.join("\n", lines) + "\n";
  }

  @Test
  void everyFileIsOfACommand() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      List<String> names = files
          .map(file -> file.getFileName().toString().replaceFirst("\\.[a-z]+$", ""))
          .distinct()
          .sorted(Comparator.naturalOrder())
          .toList();
      assertEquals(COMMANDS.keySet().stream().sorted().toList(), names);
    }
  }
}
