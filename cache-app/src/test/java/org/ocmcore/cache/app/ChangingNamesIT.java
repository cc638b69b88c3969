package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

/** The shipped jar on a name with several addresses, from a file of hosts that changes. */
class ChangingNamesIT {
  private static final String ONE = "127.0.0.1";
  private static final String TWO = "127.0.0.2";
  private static final String THREE = "127.0.0.3";

  @TempDir
  private Path folder;

  private final List<MemcachedServer> servers = MemcachedServer.startOnOnePort(ONE, TWO, THREE);
  private final String name = "cache.test:" + servers.get(0).port();
  private Process process;
  private ApiClient api;

  @BeforeEach
  void start() throws IOException {
    resolveTo(ONE, TWO);
    ProcessBuilder builder = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Djdk.net.hosts.file=" + hosts(),
        "-jar",
        System.getProperty("cache.jar"),
        "serve");
    builder.directory(folder.toFile());
    builder.environment().put("MEMCACHED_SERVERS", name);
    builder.environment().put("CACHE_HTTP_PORT", "0");
    builder.environment().put("CACHE_ENVIRONMENT", "development");
    builder.redirectError(folder.resolve("err").toFile());
    process = builder.start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String ready = out.readLine();
    assertTrue(ready != null && ready.contains("is ready"), this::log);
    api = new ApiClient(Integer.parseInt(ready.replaceAll(".*:(\\d+)/api.*", "$1")));
  }

  @AfterEach
  void stop() throws InterruptedException {
    process.toHandle().destroy();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    servers.forEach(MemcachedServer::close);
  }

  private Path hosts() {
    return folder.resolve("hosts");
  }

  private void resolveTo(String... addresses) throws IOException {
    Path next = folder.resolve("next");
    Files.write(
        next, Stream.of(addresses).map(address -> address + " cache.test").toList());
    Files.move(next, hosts(), StandardCopyOption.ATOMIC_MOVE);
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("err"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String named(String address) {
    return name + " (" + address + ")";
  }

  /** Empty while no server answers. */
  private static List<String> addresses(ApiClient.Reply stats) {
    return stats
        .json()
        .path("servers")
        .valueStream()
        .map(server -> server.get("address").stringValue())
        .toList();
  }

  private Set<String> keys() {
    return Set.copyOf(api.get("/keys/?fresh=true").expect(200).texts("keys"));
  }

  private void awaitServers(String... addresses) {
    List<String> expected = Stream.of(addresses).map(this::named).toList();
    Await.until(() -> addresses(api.get("/stats/")).equals(expected));
  }

  @Test
  void allAddressesAreManagedAndChangesFollowed() throws Exception {
    servers.get(0).command("set one 0 0 1\r\nv");
    servers.get(1).command("set two 0 0 1\r\nv");
    servers.get(2).command("set three 0 0 1\r\nv");
    assertEquals(List.of(named(ONE), named(TWO)), addresses(api.get("/stats/").expect(200)));
    assertEquals(Set.of("one", "two"), keys());
    String second = named(TWO).replace(" ", "%20");
    ApiClient.Reply ofSecond = api.get("/keys/?server=" + second).expect(200);
    assertEquals(List.of("two"), ofSecond.texts("keys"));
    assertEquals(named(TWO), api.get("/key/two/").expect(200).text("server"));

    // The loss of a server is a reason to look at once.
    resolveTo(ONE, THREE);
    servers.get(1).stop();
    awaitServers(ONE, THREE);
    assertEquals(Set.of("one", "three"), keys());
    assertEquals(named(THREE), api.get("/key/three/").expect(200).text("server"));
    assertTrue(
        log()
            .contains("memcached %s: joined: %s; left: %s; servers: %s, %s"
                .formatted(name, named(THREE), named(TWO), named(ONE), named(THREE))),
        this::log);
    assertFalse(log().contains("Exception"), this::log);
  }

  @Test
  void aJoinedServerIsMissingUntilItIsWalked() throws Exception {
    servers.get(0).command("set one 0 0 1\r\nv");
    servers.get(2).command("set three 0 0 1\r\nv");
    assertEquals(Set.of("one"), keys());
    servers.get(2).pause();
    resolveTo(ONE, THREE);
    servers.get(1).stop();
    awaitServers(ONE, THREE);
    ApiClient.Reply listed = api.get("/keys/").expect(200);
    assertEquals(List.of("one"), listed.texts("keys"));
    assertFalse(listed.at("complete").booleanValue());
    assertEquals(
        List.of(named(THREE) + ": it has joined the cache, and its keys are missing until it is"
            + " walked"),
        listed.texts("incomplete"));
    servers.get(2).resume();
    Await.until(() -> api.get("/keys/").expect(200).at("complete").booleanValue());
    assertEquals(Set.of("one", "three"), keys());
  }

  @Test
  void dumpsRestoresAndPatternsReachAllAddresses() {
    for (int i = 0; i < 40; i++) {
      servers.get(i % 2).command("set k" + i + " 0 0 1\r\nv");
    }
    assertEquals(40, api.send("POST", "/", "{}").expect(200).number("entries"));
    ApiClient.Reply deleted = api.send("DELETE", "/pattern/manage/", "{\"pattern\": \"^k\"}");
    assertEquals(40, deleted.expect(200).number("deleted_count"));
    assertEquals(0, servers.get(0).stat("curr_items") + servers.get(1).stat("curr_items"));
    ApiClient.Reply restored = api.send("POST", "/restore/", "{}").expect(200);
    assertEquals(40, restored.number("restored"));
    assertEquals(20, servers.get(0).stat("curr_items"));
    assertEquals(20, servers.get(1).stat("curr_items"));
    assertEquals(
        Stream.iterate(0, i -> i + 1).limit(40).map(i -> "k" + i).collect(Collectors.toSet()),
        keys());
  }
}
