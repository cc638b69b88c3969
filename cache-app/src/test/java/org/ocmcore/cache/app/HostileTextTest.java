package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.adapter.cli.PrintableStream;
import org.ocmcore.cache.adapter.cli.TerminalText;
import org.ocmcore.cache.adapter.file.FileDumps;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;
import org.ocmcore.cache.domain.port.DumpPort.PartWriter;
import org.ocmcore.cache.domain.port.ServerAccount;

/** No command passes on what a terminal would obey, wherever it comes from. */
final class HostileTextTest {
  @TempDir
  private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  static List<String> hostileTexts() {
    return List.of(
        "\u001b[31mred\u001b]0;title\u0007",
        "\u0000\b\f\u007f",
        "\u0085\u009b31m\u009d",
        "line\r\nforged: cache: done",
        "\u202a\u202b\u202c\u202d\u202e",
        "\u2066\u2067\u2068\u2069",
        "\u200e\u200f\u061c",
        "\u200b\u200c\u200d\u2060\ufeff",
        "\u2028\u2029",
        "\ud83d",
        "\udd11\ud83d",
        "\ue000\udb40\udc41");
  }

  private int run(Map<String, String> settings, String... arguments) {
    out.reset();
    err.reset();
    int status = new Main(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            settings)
        .execute(List.of(arguments));
    assertPrintable(out);
    assertPrintable(err);
    return status;
  }

  private static void assertPrintable(ByteArrayOutputStream bytes) {
    String text = bytes.toString(StandardCharsets.UTF_8);
    text.codePoints()
        .filter(character -> character != '\n' && !TerminalText.isPrintable(character))
        .findFirst()
        .ifPresent(found -> {
          throw new AssertionError("U+%04X in %s".formatted(found, text));
        });
    assertTrue(text.lines().noneMatch(line -> line.startsWith("forged")), text);
  }

  /** A dump with the text in its header, its account, a key, an app and a value. */
  private Path dump(String text) throws IOException {
    Path file = folder.resolve("dump.json");
    try (DumpWriter writer = new FileDumps(file)
        .create(new DumpHeader(Instant.parse("2026-01-02T12:00:00Z"), List.of(text), text))) {
      PartWriter part = writer.part(text);
      for (String key : List.of(text, text + ":1")) {
        part.write(new DumpEntry(
            new CacheEntry(
                CacheKey.ofBytes(key.getBytes(StandardCharsets.UTF_8)),
                CacheValue.ofText(text),
                Expiry.NEVER),
            1));
      }
      part.end();
      ServerAccount account = new ServerAccount(text, 3, 2, 0, 0, 0, 0, 0, 1, Optional.of(text));
      writer.commit(new DumpAccount(List.of(account)), () -> {});
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(each -> each.toString().endsWith(".json")).findFirst().orElseThrow();
    }
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void dumpsAreShownHarmlessly(String text) throws IOException {
    String file = dump(text).toString();
    run(Map.of(), "verify", file);
    assertEquals(0, run(Map.of(), "inspect", "--values", file));
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("2 of 2 keys"), out.toString());
    assertEquals(0, run(Map.of(), "inspect", "--values", "--json", file));
    assertTrue(out.toString(StandardCharsets.US_ASCII).chars().allMatch(each -> each < 0x7f));
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void foreignFilesAreRefusedHarmlessly(String text) throws IOException {
    for (String content : List.of(
        text,
        "key,value\r\n" + text,
        "key," + text + "\r\na,b",
        "{\"key\":\"" + text + "\"}\n",
        "add " + text + " 0 0 1\r\n",
        "{\"" + text + "\":1}\n")) {
      Path file = Files.write(folder.resolve("foreign"), content.getBytes(StandardCharsets.UTF_8));
      for (String format : List.of("cache", "memcached-tool", "csv", "ndjson")) {
        run(Map.of(), "verify", "--format", format, file.toString());
        run(Map.of(), "inspect", "--format", format, file.toString());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void wrongUsageIsExplainedHarmlessly(String text) {
    assertEquals(2, run(Map.of(), text));
    assertEquals(2, run(Map.of(), "help", text));
    assertEquals(2, run(Map.of(), "inspect", "--" + text));
    assertEquals(2, run(Map.of(), "inspect", "one", text));
    assertEquals(2, run(Map.of(), "inspect", "one", "--limit", text + "x"));
    assertEquals(2, run(Map.of(), "inspect", "one", "--pattern", "(" + text));
    assertNotEquals(0, run(Map.of(), "verify", text + "none"));
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void fileNamesAreShownHarmlessly(String text) throws IOException {
    Path file;
    try {
      file = folder.resolve(text.replace("\u0000", "") + "x");
    } catch (InvalidPathException e) {
      // The file system cannot have such a name, and the command refuses it.
      assertEquals(2, run(Map.of(), "verify", text + "x"));
      return;
    }
    Files.writeString(file, "no dump");
    assertEquals(5, run(Map.of(), "verify", file.toString()));
    assertEquals(5, run(Map.of(), "inspect", file.toString()));
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void settingsAreRefusedHarmlessly(String text) {
    Map<String, String> settings = new HashMap<>();
    for (Setting setting : Setting.values()) {
      settings.put(setting.name(), text + "(");
    }
    settings.put("CACHE_" + text, text);
    assertEquals(2, run(settings, "serve"));
    assertEquals(2, run(settings, "check"));
    assertEquals(2, run(settings, "dump", folder.resolve("dump.json").toString()));
  }

  /** The server answers every line so. */
  @ParameterizedTest
  @MethodSource("hostileTexts")
  void serversAreQuotedHarmlessly(String text) throws IOException {
    for (String answer : List.of(
        "%s\r\n",
        "ERROR %s\r\n",
        "SERVER_ERROR %s\r\n",
        "CLIENT_ERROR %s\r\n",
        "VERSION %s\r\n",
        "VERSION 1.6.38%s\r\n",
        "STAT version %s\r\nEND\r\n")) {
      try (HostileServer server = new HostileServer(answer.formatted(text))) {
        Map<String, String> settings = Map.of(
            "MEMCACHED_SERVERS",
            server.address(),
            "MEMCACHED_TIMEOUT_MS",
            "200",
            "CACHE_ENVIRONMENT",
            "development");
        assertEquals(1, run(settings, "check"));
        assertNotEquals(0, run(settings, "dump", folder.resolve("dump.json").toString()));
      }
    }
  }

  /** Messages of the log and stack traces pass the same stream. */
  @Test
  void logsAreHarmless() {
    PrintStream stream = new PrintableStream(new PrintStream(out, true, StandardCharsets.UTF_8));
    for (String text : hostileTexts()) {
      stream.println(text);
      stream.print(text);
      stream.printf("%s%n", text);
      stream.format("%s", text);
      stream.println((Object) text);
      new IllegalStateException(text, new IOException(text)).printStackTrace(stream);
      String shown = out.toString(StandardCharsets.UTF_8).replace("\tat ", "").replace("\t...", "");
      out.reset();
      out.writeBytes(shown.getBytes(StandardCharsets.UTF_8));
      assertPrintable(out);
      out.reset();
    }
  }

  /** Answers every line with the same bytes. */
  private static final class HostileServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final byte[] answer;

    HostileServer(String answer) throws IOException {
      this.answer = answer.getBytes(StandardCharsets.UTF_8);
      start(this::accept);
    }

    private static void start(Runnable task) {
      Thread thread = new Thread(task, "hostile server");
      thread.setDaemon(true);
      thread.start();
    }

    String address() {
      return "127.0.0.1:" + socket.getLocalPort();
    }

    private void accept() {
      try {
        while (true) {
          Socket client = socket.accept();
          start(() -> answer(client));
        }
      } catch (IOException e) {
        // The test is over.
        return;
      }
    }

    private void answer(Socket client) {
      try (client;
          BufferedReader lines = new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1))) {
        while (lines.readLine() != null) {
          client.getOutputStream().write(answer);
        }
      } catch (IOException e) {
        // The client is gone.
        return;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
