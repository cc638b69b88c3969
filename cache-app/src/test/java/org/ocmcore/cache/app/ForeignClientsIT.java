package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import tools.jackson.databind.JsonNode;

/**
 * A cache that other people's programs have filled, and read again after it was lost and restored.
 */
class ForeignClientsIT {
  private static final Path LICENCES = Path.of("/usr/share/common-licenses");
  private static final String PYMEMCACHE = """
      import sys
      from pymemcache.client.base import Client
      host, port = sys.argv[1].rsplit(":", 1)
      client = Client((host, int(port)))
      for i in range(50):
          assert client.set("py:%d" % i, "value %d" % i, expire=7200, noreply=False)
      assert client.set("py:month", "far", expire=2592000, noreply=False)
      """;

  @TempDir
  private Path folder;

  @Test
  void itemsOfOtherClientsAreDumpedAndRestored() throws Exception {
    try (MemcachedServer server = MemcachedServer.start();
        RunningService service = RunningService.start(
            StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", server.address()))) {
      List<Path> files = files();
      store(files, server.address());
      run("/usr/bin/python3", "-c", PYMEMCACHE, server.address());
      ApiClient api = service.client();

      assertListed(files, api);
      assertShown(files, api);
      assertEquals(51, api.get("/pattern/?fresh=true&pattern=^py:").number("count"));

      assertEquals(files.size() + 51, api.send("POST", "/", null).expect(200).number("entries"));
      run("memcflush", "--servers=" + server.address());
      assertEquals(0, api.get("/keys/?fresh=true").number("total_keys"));
      Reply restored = api.send("POST", "/restore/", null).expect(200);
      assertEquals(files.size() + 51, restored.number("restored"));

      assertReadByMemccat(files, server.address());
      assertTtl(7200, api.get("/key/py:7/"));
      assertTtl(2_592_000, api.get("/key/py:month/"));
      assertTrue(api.get("/key/GPL-3/").at("ttl_seconds").isNull());
      assertEquals("value 7", api.get("/key/py:7/").text("value"));
    }
  }

  @Test
  void memccpFilesAreFoundOnItsRing() throws Exception {
    List<MemcachedServer> servers =
        Stream.generate(MemcachedServer::start).limit(3).toList();
    String addresses =
        String.join(",", servers.stream().map(MemcachedServer::address).toList());
    Map<String, String> settings =
        Map.of("MEMCACHED_SERVERS", addresses, "MEMCACHED_RING", "modulo");
    try (RunningService service = RunningService.start(StoreKind.MEMORY, "development", settings)) {
      List<Path> files = files();
      store(files, addresses);
      ApiClient api = service.client();
      assertListed(files, api);
      assertShown(files, api);
      api.send("POST", "/", null).expect(200);
      run("memcflush", "--servers=" + addresses);
      assertEquals(
          files.size(), api.send("POST", "/restore/", null).expect(200).number("restored"));
      assertReadByMemccat(files, addresses);
    } finally {
      servers.forEach(MemcachedServer::stop);
    }
  }

  /** Whatever the ring is, what lies on a server is seen, dumped and deleted there. */
  @Test
  void misplacedKeysAreManaged() throws Exception {
    List<MemcachedServer> servers =
        Stream.generate(MemcachedServer::start).limit(3).toList();
    String addresses =
        String.join(",", servers.stream().map(MemcachedServer::address).toList());
    try (RunningService service = RunningService.start(
        StoreKind.MEMORY,
        "development",
        Map.of("MEMCACHED_SERVERS", addresses, "MEMCACHED_RING", "ketama"))) {
      List<Path> files = files();
      store(files, addresses);
      ApiClient api = service.client();
      assertListed(files, api);
      assertEquals(
          files.size(),
          api.get("/pattern/?fresh=true&pattern=.&values=true").at("values").size());
      assertEquals(files.size(), api.send("POST", "/", null).expect(200).number("entries"));
      assertEquals(
          files.size(),
          api.send("DELETE", "/pattern/manage/", "{\"pattern\": \".\"}")
              .expect(200)
              .number("deleted_count"));
      assertEquals(0, api.get("/keys/?fresh=true").number("total_keys"));
    } finally {
      servers.forEach(MemcachedServer::stop);
    }
  }

  @Test
  void nonTextKeysAreInPagesAndTree() {
    try (MemcachedServer server = MemcachedServer.start();
        RunningService service = RunningService.start(
            StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", server.address()))) {
      server.command("ms YTr/OjE= 1 b\r\na");
      server.command("ms YTr/OjI= 1 b\r\na");
      server.command("ms /w== 1 b\r\na");
      server.command("set a:b 0 0 1\r\na");
      ApiClient api = service.client();
      List<String> seen = new ArrayList<>();
      String cursor = "";
      while (!cursor.equals("null")) {
        Reply page = api.get("/keys/?fresh=true&limit=1" + cursor).expect(200);
        seen.addAll(page.texts("keys"));
        JsonNode next = page.at("next_cursor");
        cursor = next.isNull() ? "null" : "&cursor=" + next.stringValue();
      }
      assertEquals(List.of("a:b", "a:\\xff:1", "a:\\xff:2", "\\xff"), seen);
      JsonNode child = api.get("/tree/?prefix=a:&sort=name").at("children").get(1);
      assertEquals("\\xff", child.get("name").stringValue());
      assertEquals("/w==", child.get("name_base64").stringValue());
      assertEquals("YTr/Og==", child.get("prefix_base64").stringValue());
      Reply below = api.get("/tree/?sort=name&prefix_base64=YTr/Og==").expect(200);
      assertEquals("YTr/Og==", below.text("prefix_base64"));
      assertEquals(2, below.number("total_children"));
      assertEquals(2, api.get("/keys/?prefix_base64=YTr_Og").number("count"));
      assertEquals(
          "{\"a\":{\"a:\\\\xff:1\":\"YTr/OjE=\",\"a:\\\\xff:2\":\"YTr/OjI=\"},"
              + "\"global\":{\"\\\\xff\":\"/w==\"}}",
          api.get("/apps/registry/").at("registries_base64").toString());
    }
  }

  @Test
  void nonTextKeysAreShownWithoutLoss() {
    try (MemcachedServer server = MemcachedServer.start();
        RunningService service = RunningService.start(
            StoreKind.MEMORY, "development", Map.of("MEMCACHED_SERVERS", server.address()))) {
      server.command("ms /zox 1 b\r\na");
      server.command("set \\xff:1 0 0 1\r\nb");
      server.command("ms YSBi 1 b\r\nc");
      ApiClient api = service.client();
      assertEquals(
          List.of("\\x5cxff:1", "a b", "\\xff:1"), api.get("/keys/?fresh=true").texts("keys"));
      assertEquals(
          "{\"\\\\x5cxff:1\":\"XHhmZjox\",\"a b\":\"YSBi\",\"\\\\xff:1\":\"/zox\"}",
          api.get("/keys/?fresh=true").at("keys_base64").toString());
      server.command("set plain 0 0 1\r\nd");
      assertFalse(api.get("/keys/?fresh=true&prefix=p").json().has("keys_base64"));
      server.command("delete plain");
      JsonNode details = api.get("/keys/?fresh=true&details=true").at("keys");
      assertEquals("XHhmZjox", details.get(0).get("key_base64").stringValue());
      assertEquals("/zox", details.get(2).get("key_base64").stringValue());
      Reply values = api.get("/pattern/?fresh=true&pattern=.&values=true").expect(200);
      assertEquals("{}", values.at("values").toString());
      assertEquals(
          "{\"XHhmZjox\":\"b\",\"YSBi\":\"c\",\"/zox\":\"a\"}",
          values.at("values_base64").toString());
      assertEquals(3, api.send("POST", "/", null).expect(200).number("entries"));
      assertEquals(
          3,
          api.send("DELETE", "/pattern/manage/", "{\"pattern\": \".\"}")
              .expect(200)
              .number("deleted_count"));
      assertEquals(3, api.send("POST", "/restore/", null).expect(200).number("restored"));
      assertEquals(3, api.get("/keys/?fresh=true").number("total_keys"));
    }
  }

  /** Real files, and one that is no text. */
  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> licences = Files.list(LICENCES)) {
      licences.filter(Files::isRegularFile).sorted().forEach(files::add);
    }
    files.add(Files.write(
        folder.resolve("binary"), new byte[] {0, 1, (byte) 0xff, (byte) 0xfe, '\r', '\n', 0}));
    files.add(Files.writeString(folder.resolve("ünïcode"), "zażółć gęślą jaźń"));
    assertTrue(files.size() > 10, files.toString());
    return files;
  }

  private void store(List<Path> files, String servers) throws Exception {
    List<String> command = new ArrayList<>(List.of("memccp", "--servers=" + servers));
    files.forEach(file -> command.add(file.toString()));
    run(command.toArray(String[]::new));
  }

  private static void assertListed(List<Path> files, ApiClient api) throws IOException {
    JsonNode listed = api.get("/keys/?fresh=true&details=true").expect(200).at("keys");
    for (Path file : files) {
      String name = file.getFileName().toString();
      JsonNode key = listed
          .valueStream()
          .filter(one -> one.get("key").stringValue().equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError(name + " is not listed"));
      int overhead = 48 + 8 + name.getBytes(StandardCharsets.UTF_8).length + 1 + 2;
      assertEquals(Files.size(file) + overhead, key.get("size_bytes").longValue(), name);
      assertTrue(key.get("ttl_seconds").isNull(), name);
      assertEquals(1, api.get(ApiClient.pattern("^" + name + "$")).number("count"), name);
    }
  }

  private static void assertShown(List<Path> files, ApiClient api) throws IOException {
    for (Path file : files) {
      Reply key = api.get(ApiClient.key(file.getFileName().toString())).expect(200);
      byte[] shown = key.text("encoding").equals("base64")
          ? Base64.getDecoder().decode(key.text("value"))
          : key.text("value").getBytes(StandardCharsets.UTF_8);
      assertArrayEquals(Files.readAllBytes(file), shown, file.toString());
    }
  }

  private void assertReadByMemccat(List<Path> files, String servers) throws Exception {
    for (Path file : files) {
      Path out = folder.resolve("out");
      run("memccat", "--servers=" + servers, "--file=" + out, file.getFileName().toString());
      assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(out), file.toString());
      Files.delete(out);
    }
  }

  private static void assertTtl(long expected, Reply key) {
    assertTrue(Math.abs(key.number("ttl_seconds") - expected) < 60, key.json().toString());
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + output);
  }
}
