package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.adapter.cli.CommandContext;
import org.ocmcore.cache.adapter.cli.Exit;
import org.ocmcore.cache.adapter.cli.Interruption;
import org.ocmcore.cache.domain.access.Token;

class TokenCommandTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-26T12:00:00Z"), ZoneOffset.UTC);

  @TempDir
  Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(
        folder.resolve("tokens"),
        "# ours\nci reader sha256:" + Token.hash("cache_1") + " apps=shop\nold viewer sha256:"
            + Token.hash("cache_2") + " expires=2026-01-01T00:00:00Z\n");
  }

  private int token(String input, String... arguments) {
    List<String> all = new ArrayList<>(List.of("token"));
    all.addAll(List.of(arguments));
    return new Main(new CommandContext(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            Map.of("CACHE_TOKENS_FILE", file.toString()),
            new Interruption(),
            CLOCK))
        .execute(all);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String output() {
    String text = out.toString(StandardCharsets.UTF_8);
    out.reset();
    return text;
  }

  @Test
  void aCreatedTokenIsValidOnceItsLineIsInTheFile() throws IOException {
    assertEquals(
        Exit.DONE,
        token(
            "",
            "create",
            "ops",
            "--role=operator",
            "--apps=b,a",
            "--expires=2027-01-31T00:00:00+01:00"));
    String[] lines = output().split("\n");
    assertEquals(2, lines.length);
    assertEquals(
        "ops operator sha256:" + Token.hash(lines[0]) + " apps=a,b expires=2027-01-30T23:00:00Z",
        lines[1]);
    assertEquals(Exit.FAILED, token(lines[0], "check"));
    Files.writeString(file, lines[1] + "\n", StandardOpenOption.APPEND);
    output();
    assertEquals(Exit.DONE, token(lines[0] + "\n", "check"));
    assertEquals("valid: ops: operator, apps: a, b, expires: 2027-01-30T23:00:00Z\n", output());
  }

  @Test
  void theFirstTokenComesBeforeItsFile() throws IOException {
    Files.delete(file);
    assertEquals(Exit.DONE, token("", "create", "first", "--role", "viewer"), errors());
    assertTrue(
        errors().contains("the line to add to " + file + ", which is not there yet:"), errors());
    assertTrue(output().contains("first viewer sha256:"));
    assertFalse(Files.exists(file));
  }

  @Test
  void tokensAreListed() throws IOException {
    assertEquals(Exit.DONE, token("", "list"));
    assertEquals(
        "ci: reader, apps: shop, expires: never\n"
            + "old: viewer, apps: all, expires: 2026-01-01T00:00:00Z (expired)\n",
        output());
    Files.writeString(file, "\n");
    assertEquals(Exit.DONE, token("", "list"));
    assertEquals("", output());
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("there are no tokens in"));
  }

  @Test
  void unknownAndExpiredTokensFailTheCheck() throws IOException {
    for (String input : List.of("", "\n", "cache_3")) {
      assertEquals(Exit.FAILED, token(input, "check"));
      assertTrue(output().startsWith("unknown: "));
    }
    assertEquals(Exit.FAILED, token("cache_2", "check"));
    assertTrue(output().startsWith("expired: old"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create|'NAME'",
        "create x|Missing required option: '--role=viewer",
        "create x --role admin|--role is \"admin\": it must be one of viewer, reader, operator",
        "create x --role viewer --apps a,,b|--apps is \"a,,b\": app is \"\", it must not be empty",
        "create x --role viewer --expires soon|--expires is \"soon\": expires is \"soon\"",
        "create x --role viewer --expires 2026-01-01T00:00:00Z|it is over",
        "create x/y --role viewer|name is \"x/y\"",
        "create ci --role viewer|has a token with the name ci already",
        "list x|\"x\" is one word too many",
        "remove|token has no verb \"remove\"; it must be create, list, check",
        "create x y --role viewer|\"y\" is one word too many"
      })
  void wrongArgumentsAreExplained(String arguments, String message) {
    assertEquals(Exit.USAGE, token("", arguments.split(" ")));
    String usage = errors();
    assertTrue(usage.contains(message), usage);
    assertTrue(usage.matches("(?s).*; try cache token (create |list )?--help\n"), usage);
    assertEquals("", output());
  }

  @Test
  void aBrokenOrMissingFileIsExplained() throws IOException {
    Files.writeString(file, "x");
    assertEquals(Exit.USAGE, token("", "list"));
    assertTrue(errors().contains("line 1: it must be NAME ROLE sha256:HEX"));
    Files.delete(file);
    assertEquals(Exit.USAGE, token("", "check"));
    assertTrue(errors().contains("it cannot be read"));
  }
}
