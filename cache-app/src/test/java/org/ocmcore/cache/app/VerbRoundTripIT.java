package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

/** What a verb prints is what another verb takes, on servers directly and through a service. */
class VerbRoundTripIT {
  @TempDir
  private Path folder;

  private final List<MemcachedServer> servers =
      List.of(MemcachedServer.start(), MemcachedServer.start());
  private final String addresses =
      servers.get(0).address() + "," + servers.get(1).address();
  private final TypedCommand command = new TypedCommand().with("CACHE_ENVIRONMENT", "development");
  private RunningService service;

  @BeforeEach
  void start() {
    service = RunningService.start(
        StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", addresses));
  }

  @AfterEach
  void stop() {
    service.close();
    servers.forEach(MemcachedServer::close);
  }

  private void ask(boolean isDirect) {
    command.with(
        isDirect ? "MEMCACHED_SERVERS" : "CACHE_URL", isDirect ? addresses : service.url());
  }

  private void done(String... arguments) {
    assertEquals(0, command.execute(arguments), command::err);
  }

  private void refused(int status, String message, String... arguments) {
    assertEquals(status, command.execute(arguments), command::out);
    assertTrue(command.err().contains(message), command.err());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void listsOfKeysAreArgumentsAgain(boolean isDirect) {
    ask(isDirect);
    String hostile = "lit:evil\\x1b[31m\\x{202e}key";
    List<String> keys =
        List.of("lit:A", "lit:\\x5cx41", hostile, "lit:é", "lit:\\x{fffd}", "lit:\\xff\\xc3");
    for (String end : List.of("\0", "\n", "\r\n")) {
      for (String key : keys) {
        done("set", key, "1");
      }
      done("keys", "--prefix", "lit:", end.equals("\0") ? "-0" : "--sort=key");
      String listed = command.out().replace("\n", end);
      assertEquals(String.join(end, keys) + end, listed);
      command.input(listed);
      done("rm", "-");
      assertEquals("6 keys deleted\n", command.out());
    }
  }

  /** As {@code cache keys -0 | xargs -0 cache VERB} gives them. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noKeyIsAnOption(boolean isDirect) {
    ask(isDirect);
    List<String> keys =
        List.of("--all", "--yes", "--max-keys=9", "-", "--", "@x", "--url=http://127.0.0.1:1");
    for (String key : keys) {
      done("set", "--", key.equals("-") ? "\\x2d" : key, "1");
    }
    done("set", "stays", "1");
    done("keys", "-0");
    List<String> listed = List.of(command.out().split("\0"));
    assertEquals(keys.size() + 1, listed.size());
    for (String verb : List.of("get", "touch --ttl 1h", "rm --dry-run", "rm")) {
      List<String> words = new ArrayList<>(List.of(verb.split(" ")));
      listed.stream().filter(key -> !key.equals("stays")).forEach(words::add);
      done(words.toArray(String[]::new));
    }
    assertEquals("7 keys deleted\n", command.out());
    done("keys");
    assertEquals("stays\n", command.out());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aValueIsTakenAsItIs(boolean isDirect) throws IOException {
    ask(isDirect);
    String text = "\\x1b is not \u001b, nor \ufffd; \u007f";
    command.input(text);
    done("set", "odd", "-");
    done("get", "odd", "--raw");
    assertEquals(text, command.out());
    String file = folder.resolve("value").toString();
    done("get", "odd", "-f", file);
    assertEquals(text, Files.readString(Path.of(file)));
    refused(2, "give --force", "get", "odd", "-f", file);
    done("get", "odd", "-f", file, "--force");
    refused(6, "there is no key none", "get", "none", "-f", folder.resolve("x").toString());
    assertFalse(Files.exists(folder.resolve("x")));
    String shown = "\\x5cx1b is not \\x1b, nor \\x{fffd}; \\x7f";
    done("get", "odd");
    assertTrue(command.out().contains("value   " + shown + " (text)\n"), command.out());
    done("get", "odd", "-o", "csv");
    assertTrue(command.out().endsWith("\"" + shown + "\"\n"), command.out());
    done("get", "odd", "--decode", "none", "-o", "csv");
    assertTrue(command.out().contains(shown), command.out());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theKeysOfOneServerNeedNoOther(boolean isDirect) {
    ask(isDirect);
    for (int i = 0; i < 20; i++) {
      done("set", "k" + i, "1");
    }
    String living = servers.get(0).address();
    done("keys", "--server", living, "-l", "-o", "csv");
    List<String> before = command.out().lines().skip(1).toList();
    assertTrue(
        before.size() > 1 && before.stream().allMatch(row -> row.contains(living)), command.out());
    servers.get(1).close();
    done("keys", "--server", living);
    assertEquals(before.size(), command.out().lines().count());
    done("analyze", "--server", living);
    refused(1, "the items of a server are not known", "flush", "--dry-run");
    refused(2, "is \"a:1\"", "keys", "--server", "a:1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void serversThatAreAllDownAreRows(boolean isDirect) {
    ask(isDirect);
    servers.forEach(MemcachedServer::close);
    for (String verb : List.of("stats", "top --once", "stats -o csv", "check")) {
      assertEquals(1, command.execute(verb.split(" ")), verb);
      assertEquals(2, command.out().lines().filter(this::isDown).count(), verb + command.out());
    }
    refused(1, "stats failed: ", "stats", "-o", "json");
    assertEquals("", command.out());
  }

  private boolean isDown(String row) {
    return row.contains("down  ")
        || row.contains(",false,")
        || servers.stream()
            .anyMatch(server -> row.startsWith(server.address() + "  ") && row.contains("-  "));
  }

  @Test
  void anotherPathThanThatOfTheServiceSaysNothingAboutKeys() {
    done("set", "a", "1", "--url", service.url());
    for (String verb : List.of("get a", "get a --raw", "get a --meta", "keys", "stats")) {
      List<String> words = new ArrayList<>(List.of(verb.split(" ")));
      words.addAll(List.of("--url", service.url() + "/elsewhere"));
      refused(1, "is this the address of a service", words.toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatFlushWouldClearIsAResult(boolean isDirect) {
    ask(isDirect);
    done("set", "a", "1");
    done("flush", "--dry-run", "-o", "json");
    assertTrue(command.out().startsWith("{\"current_items\":1,\"servers\":["), command.out());
    done("flush", "--dry-run");
    assertEquals("", command.out());
    done("rm", "--prefix", "a", "--dry-run", "-o", "json");
    assertEquals(!isDirect, command.out().contains("\"plan\""), command.out());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onlyUnreadKeysAreRemoved(boolean isDirect) {
    ask(isDirect);
    for (String key : List.of("a:read", "a:unread", "b:unread")) {
      done("set", key, "1");
    }
    done("get", "a:read");
    // The server may report late that it was stored.
    Await.until(
        () -> service.client().get("/keys/?fresh=true&never_fetched=true").number("count") == 2);
    done("rm", "--never-fetched", "--min-size", "1", "--dry-run", "-o", "json");
    assertTrue(command.out().startsWith("{\"matched_count\":2,"), command.out());
    done("keys", "--never-fetched", "--prefix", "a:");
    assertEquals("a:unread\n", command.out());
    done("rm", "--never-fetched", "--prefix", "a:", "--yes", "--max-keys", "1");
    done("keys", "--sort", "key");
    assertEquals("a:read\nb:unread\n", command.out());
  }

  @Test
  void dumpsHaveNoServers() {
    ask(true);
    done("set", "a", "1");
    String file = folder.resolve("d.json").toString();
    done("dump", file, "--servers", addresses);
    for (String verb : List.of("restore", "inspect", "analyze")) {
      refused(2, "--server is \"a:1\"", verb, file, "--server", "a:1");
      refused(2, "--never-fetched is given: a dump does not say", verb, file, "--never-fetched");
    }
    refused(2, "no cache is asked; leave out --servers", "analyze", file, "--servers", addresses);
    refused(2, "a service compares its own dumps", "diff", file, "--url", service.url());
    done("diff", file, "--servers", addresses);
    done("restore", file, "--dry-run", "--servers", addresses);
  }
}
