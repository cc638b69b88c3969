package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.ocmcore.cache.adapter.memcached.MemcachedSettings;
import org.ocmcore.cache.adapter.memcached.MemcachedStore;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.client.Compression;
import org.ocmcore.cache.domain.client.TypeRef;
import org.ocmcore.cache.domain.error.UnexpectedValue;
import org.ocmcore.cache.jackson.JacksonCodec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Other people's clients read what the library stores, and the library reads what they store. */
class LibraryClientsIT {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Path CLIENTS = Path.of("src/test/resources/clients");

  private final MemcachedServer server = MemcachedServer.start();
  private Cache cache;

  /** A value of an application. */
  record User(String name, int level) {}

  @BeforeEach
  void open() {
    cache = Cache.builder(MemcachedStore.open(MemcachedSettings.parse(server.address())))
        .codec(JacksonCodec.create())
        .compressAbove(1_000, Compression.zlib())
        .build();
  }

  @AfterEach
  void close() {
    cache.close();
    server.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/bin/python3, python_memcached.py",
    "/usr/bin/python3, pymemcache_client.py",
    "/usr/bin/python3, pylibmc_client.py",
    "php, php_memcached.php",
    "ruby, dalli.rb"
  })
  void plainValuesMakeRoundTrips(String interpreter, String script) throws Exception {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("text", "Grüße");
    texts.put("digits", "0042");
    texts.put("number", "42");
    texts.put("truth", "true");
    texts.put("json", "{\"level\":3,\"name\":\"Ada\"}");
    texts.put("nothing", "null \t\n");
    cache.set("text", "Grüße", HOUR);
    cache.set("digits", "0042", HOUR);
    cache.set("number", 42, HOUR);
    cache.set("truth", true, HOUR);
    cache.set("json", new User("Ada", 3), HOUR);
    cache.loading(String.class).cacheMissesFor(HOUR).get("nothing", () -> null);

    JsonNode read = run(interpreter, script, texts.keySet());
    texts.forEach((key, text) -> assertEquals(text, read.path(key).asString(), key));

    assertEquals(Optional.of("Grüße"), cache.get("own:text", String.class));
    assertEquals(Optional.of(42), cache.get("own:number", Integer.class));
    assertEquals(43, cache.increment("own:number", 1, HOUR));
    assertEquals(Optional.of(new User("Ada", 3)), cache.get("own:json", User.class));
    assertArrayEquals(new byte[] {0, -1}, cache.get("own:bytes", byte[].class).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({"python_memcached.py", "pylibmc_client.py"})
  void compressedValuesAreReadInPython(String script) throws Exception {
    String large = "compress me ".repeat(1_000);
    cache.set("large", large, HOUR);
    JsonNode read = run("/usr/bin/python3", script, List.of("large"));
    assertEquals(large, read.path("large").asString());
  }

  @Test
  void otherClientsReadAllElseBesideACompressedValue() throws Exception {
    cache.set("large", "compress me ".repeat(1_000), HOUR);
    cache.set("text", "small", HOUR);
    for (String[] client :
        new String[][] {{"/usr/bin/python3", "pymemcache_client.py"}, {"php", "php_memcached.php"}
        }) {
      JsonNode read = run(client[0], client[1], List.of("text"));
      assertEquals("small", read.path("text").asString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void javaClientsReadAllButBytesAndCompressedValues(JavaClient java) throws Exception {
    Map<String, Object> texts = new HashMap<>();
    texts.put("text", "Grüße");
    texts.put("number", "42");
    texts.put("truth", "true");
    texts.put("json", "{\"level\":3,\"name\":\"Ada\"}");
    texts.put("nothing", "null \t\n");
    cache.set("text", "Grüße", HOUR);
    cache.set("number", 42, HOUR);
    cache.set("truth", true, HOUR);
    cache.set("json", new User("Ada", 3), HOUR);
    cache.loading(String.class).cacheMissesFor(HOUR).get("nothing", () -> null);
    String large = "compress me ".repeat(1_000);
    cache.set("bytes", new byte[] {0, -1}, HOUR);
    cache.set("large", large, HOUR);

    try (JavaClient.Connection client = java.open(server)) {
      assertEquals(43, client.increment("number", 1, 0));
      cache.set("number", 42, HOUR);
      Map<String, Object> read = new HashMap<>(client.getAll(
          Stream.concat(texts.keySet().stream(), Stream.of("bytes", "large")).toList()));
      // They take any flags without the bits of their own for those of a text.
      assertEquals("\0\ufffd", read.remove("bytes"));
      assertNotEquals(large, assertInstanceOf(String.class, read.remove("large")));
      assertEquals(texts, read);
    }
  }

  @ParameterizedTest
  @EnumSource
  void textsAndBytesOfJavaClientsAreRead(JavaClient java) throws Exception {
    try (JavaClient.Connection client = java.open(server)) {
      client.set("text", "Grüße");
      client.set("number", "42");
      client.set("truth", "true");
      client.set("json", "{\"name\":\"Ada\",\"level\":3}");
      client.set("bytes", new byte[] {0, -1});
      client.increment("counter", 1, 5);
    }
    assertEquals(Optional.of("Grüße"), cache.get("text", String.class));
    assertEquals(Optional.of(42), cache.get("number", Integer.class));
    assertEquals(Optional.of(true), cache.get("truth", Boolean.class));
    assertEquals(Optional.of(new User("Ada", 3)), cache.get("json", User.class));
    assertArrayEquals(new byte[] {0, -1}, cache.get("bytes", byte[].class).orElseThrow());
    assertEquals(6, cache.increment("counter", 1, HOUR));
  }

  /** They pack numbers, compress by gzip above 16 KiB, and serialize other objects. */
  @ParameterizedTest
  @EnumSource
  void otherValuesOfJavaClientsAreBytes(JavaClient java) throws Exception {
    try (JavaClient.Connection client = java.open(server)) {
      client.set("number", 42);
      client.set("fraction", 1.5);
      client.set("truth", true);
      client.set("large", "compress me ".repeat(2_000));
      client.set("largeBytes", new byte[20_000]);
      client.set("likeDigits", 0x3432);
      client.set("object", new ArrayList<>(List.of("a")));
    }
    assertThrows(UnexpectedValue.class, () -> cache.get("number", Integer.class));
    assertThrows(UnexpectedValue.class, () -> cache.get("fraction", Double.class));
    assertThrows(UnexpectedValue.class, () -> cache.get("truth", Boolean.class));
    assertThrows(UnexpectedValue.class, () -> cache.get("large", String.class));
    assertThrows(UnexpectedValue.class, () -> cache.get("object", new TypeRef<List<String>>() {}));
    assertArrayEquals(new byte[] {42}, cache.get("number", byte[].class).orElseThrow());
    assertTrue(cache.get("largeBytes", byte[].class).orElseThrow().length < 20_000);
    assertThrows(UnexpectedValue.class, () -> cache.get("likeDigits", Integer.class));
    assertThrows(UnexpectedValue.class, () -> cache.get("likeDigits", String.class));
    assertArrayEquals(new byte[] {'1'}, cache.get("truth", byte[].class).orElseThrow());
  }

  private JsonNode run(String interpreter, String script, Iterable<String> keys) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(interpreter, CLIENTS.resolve(script).toString(), server.address()));
    keys.forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    boolean ended = process.waitFor(30, TimeUnit.SECONDS);
    assertEquals(0, ended ? process.exitValue() : -1, output);
    return JsonMapper.shared()
        .readTree(output.lines().reduce((first, last) -> last).orElseThrow());
  }
}
