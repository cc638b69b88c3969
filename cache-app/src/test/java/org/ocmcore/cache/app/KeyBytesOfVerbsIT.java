package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every verb gives the bytes of a key that its name does not address, and of no other. */
class KeyBytesOfVerbsIT {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<String> ODD =
      List.of("..", "odd:a/../b", "odd:\u0001", "odd:\u00a0", "odd:\\xff", "odd:..;v=1/..;v=2");

  @TempDir
  private Path folder;

  private final MemcachedServer server = MemcachedServer.start();
  private final TypedCommand command = new TypedCommand().with("CACHE_ENVIRONMENT", "development");
  private RunningService service;

  @BeforeEach
  void start() {
    done("set", "odd:plain", "1", "--servers", server.address());
    for (String key : ODD) {
      done("set", "--base64", base64(key), "1", "--servers", server.address());
    }
    service = RunningService.start(
        StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", server.address()));
  }

  @AfterEach
  void stop() {
    service.close();
    server.close();
  }

  private static String base64(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private String done(String... arguments) {
    assertEquals(0, command.execute(arguments), command::err);
    return command.out();
  }

  /** The texts of all fields whose names end in _base64, without those of values. */
  private static void collect(JsonNode json, Set<String> found) {
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      JsonNode value = field.getValue();
      if (field.getKey().startsWith("value_base64")) {
        continue;
      }
      if (field.getKey().endsWith("_base64") && value.isString()) {
        found.add(value.stringValue());
      } else if (field.getKey().endsWith("_base64")) {
        value.values().forEach(bytes -> found.add(bytes.stringValue()));
      } else {
        collect(value, found);
      }
    }
    if (json.isArray()) {
      json.values().forEach(each -> collect(each, found));
    }
  }

  private static Set<String> expected(List<String> keys) {
    return keys.stream()
        .map(KeyBytesOfVerbsIT::base64)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void assertBytes(List<String> keys, String... arguments) {
    for (List<String> where :
        List.of(List.of("--servers", server.address()), List.of("--url", service.url()))) {
      String[] all =
          Stream.of(List.of(arguments), where).flatMap(List::stream).toArray(String[]::new);
      Set<String> found = new TreeSet<>();
      done(all).lines().forEach(line -> collect(JSON.readTree(line), found));
      assertEquals(
          expected(keys), found, () -> String.join(" ", all) + " printed " + command.out());
    }
  }

  @Test
  void listsHaveThem() {
    assertBytes(ODD, "keys", "-o", "json");
    assertBytes(ODD, "keys", "-o", "ndjson");
    assertBytes(ODD, "keys", "-l", "-o", "json");
    assertBytes(ODD, "keys", "-l", "-o", "ndjson");
  }

  @Test
  void singleKeysHaveThem() {
    for (String key : ODD) {
      for (String form : List.of("--decode=auto", "--meta", "--decode=none")) {
        assertBytes(List.of(key), "get", "--base64", base64(key), form, "-o", "json");
      }
    }
    assertBytes(List.of(), "get", "odd:plain", "-o", "json");
  }

  @Test
  void dumpsHaveThem() {
    String file = folder.resolve("dump.json").toString();
    done("dump", file, "--servers", server.address());
    Set<String> found = new TreeSet<>();
    done("inspect", file, "-o", "json")
        .lines()
        .forEach(line -> collect(JSON.readTree(line), found));
    assertEquals(expected(ODD), found);
    done("rm", "--all", "--yes", "--max-keys", "9", "--servers", server.address());
    found.clear();
    done("diff", file, "-o", "json", "--servers", server.address())
        .lines()
        .forEach(line -> collect(JSON.readTree(line), found));
    assertEquals(expected(ODD), found);
  }

  @Test
  void changesHaveThem() {
    assertBytes(ODD, "rm", "--all", "--dry-run", "-o", "json");
  }

  @Test
  void theTreeHasThoseOfKeysThatAreFoldersToo() {
    done("set", "..:below", "1", "--servers", server.address());
    service.client().get("/keys/?fresh=true").expect(200);
    assertBytes(List.of("..", "..:"), "tree", "--limit", "2", "--sort", "name", "-o", "json");
  }

  @Test
  void theTreeHasThem() {
    assertBytes(ODD, "tree", "--delimiter", "|", "-o", "json");
    assertBytes(ODD, "tree", "--delimiter", "|", "-o", "ndjson");
  }
}
