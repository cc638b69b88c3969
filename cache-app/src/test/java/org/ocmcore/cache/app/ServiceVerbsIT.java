package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs for what only a service has: its dumps, its jobs and its plans. */
class ServiceVerbsIT {
  @TempDir
  private Path folder;

  private RunningService service;
  private final TypedCommand command = new TypedCommand();

  @BeforeEach
  void start() {
    service = RunningService.start(StoreKind.MEMORY, "development", Map.of());
    command.with("CACHE_URL", service.url());
    command.execute("set", "user:1", "some");
    command.execute("set", "user:2", "thing");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private String dump() {
    service.client().send("POST", "/", "{}").expect(200);
    assertEquals(0, command.execute("dumps", "ls", "-o", "csv"));
    String row = command.out().lines().skip(1).findFirst().orElseThrow();
    return row.substring(row.lastIndexOf(',') + 1);
  }

  @Test
  void dumpsAreListedFetchedAndRemoved() throws IOException {
    assertEquals(0, command.execute("dumps", "ls"));
    assertTrue(command.err().contains("the service has no dump"), command.err());
    String name = dump();
    Path file = folder.resolve("copy.json");
    assertEquals(0, command.execute("dumps", "get", name, "-f", file.toString()), command.err());
    assertArrayEquals(Files.readAllBytes(service.dumpFile()), Files.readAllBytes(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(0, command.execute("verify", file.toString()), command.out());
    assertEquals(2, command.execute("dumps", "get", name, "-f", file.toString()));
    assertTrue(command.err().contains("is there already; give --force"), command.err());
    assertEquals(0, command.execute("dumps", "get", name, "-f", file.toString(), "--force"));
    assertEquals(0, command.execute("dumps", "get", name, "-f", "-"));
    assertEquals(Files.readString(file), command.out());
    assertEquals(2, command.execute("dumps", "rm", name));
    assertTrue(command.err().contains("no terminal to ask on"), command.err());
    assertEquals(6, command.execute("dumps", "rm", name, "other", "--yes"));
    assertEquals(0, command.execute("dumps", "rm", name, "--yes"));
    assertTrue(command.out().contains("deleted"), command.out());
    assertEquals(6, command.execute("dumps", "rm", name, "--yes"));
  }

  @Test
  void theDumpThatIsRemovedIsTheOneThatWasShown() throws IOException {
    dump();
    String current = service.dumpFile().getFileName().toString();
    try (PassingProxy proxy = new PassingProxy()) {
      proxy.pass("/", service.url(), (exchange, body) -> {
        if (exchange.getRequestMethod().equals("DELETE")) {
          service.client().send("POST", "/", "{}").expect(200);
        }
      });
      command.with("CACHE_URL", proxy.url());
      assertEquals(7, command.execute("dumps", "rm", current, "--yes"), command.err());
    }
    assertTrue(command.err().contains("it is another one than before"), command.err());
    assertEquals(2, service.client().get("/dumps/").json().get("dumps").size());
  }

  /** A service was started anew, with other servers, while somebody was asked. */
  @Test
  void whatIsChangedIsWhatTheQuestionNamed() throws IOException {
    try (RunningService before =
            RunningService.start(StoreKind.ONE_MEMCACHED, "development", Map.of());
        PassingProxy proxy = new PassingProxy()) {
      proxy.pass("/api/cache/service/", before.url(), (exchange, body) -> {});
      proxy.pass("/", service.url(), (exchange, body) -> {});
      command.with("CACHE_URL", proxy.url());
      assertEquals(7, command.execute("rm", "user:1", "--yes"), command.err());
      assertTrue(command.err().contains("nothing was done"), command.err());
      assertEquals(0, command.execute("get", "user:1"), command.err());
    }
  }

  @Test
  void aServiceMakesADump() {
    assertEquals(0, command.execute("dumps", "make"), command.err());
    assertTrue(command.out().matches("(?s)server .*: 2 entries, .*"), command.out());
    assertTrue(command.err().startsWith("on " + service.url()), command.err());
    assertEquals(0, command.execute("dumps", "make", "-o", "json"), command.err());
    assertTrue(command.out().contains("\"complete\":true,\"seen\":2,"), command.out());
    assertEquals(0, command.execute("dumps", "ls", "-o", "csv"));
    assertEquals(3, command.out().lines().count(), command.out());
  }

  @Test
  void aServiceRestoresADump() {
    String name = dump();
    assertEquals(0, command.execute("rm", "user:1"), command.err());
    assertEquals(0, command.execute("dumps", "restore", name, "--dry-run"), command.err());
    assertTrue(command.out().contains("would be stored"), command.out());
    assertEquals(6, command.execute("get", "user:1"));
    assertEquals(0, command.execute("dumps", "restore", name, "-o", "json"), command.err());
    assertTrue(command.out().contains("\"restored\":1,\"skipped\":{\"exists\":1}"), command.out());
    assertEquals(0, command.execute("get", "user:1"));
    assertEquals(
        0,
        command.execute(
            "dumps", "restore", name, "--mode", "replace", "--ttl", "2h", "--prefix", "user:2"));
    assertTrue(
        command.out().replaceAll(" +", " ").contains("stored 1\nnot asked for 1\n"), command.out());
    assertEquals(2, command.execute("dumps", "restore", name, "--ttl", "soon"));
    assertEquals(6, command.execute("dumps", "restore", "none"));
    assertTrue(command.err().contains("none"), command.err());
  }

  @Test
  void whatADamagedDumpHasIsRestored() throws IOException {
    // More than one block.
    for (int i = 0; i < 12; i++) {
      service.client().put("large:" + i, '"' + "x".repeat(300_000) + '"');
    }
    String name = dump();
    Path file = service.dumpFile().resolveSibling(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    assertEquals(0, command.execute("rm", "user:1", "user:2"), command.err());
    assertEquals(5, command.execute("dumps", "restore", name), command.out());
    assertEquals(4, command.execute("dumps", "restore", name, "--salvage"), command.err());
    assertTrue(command.err().contains("the dump is damaged"), command.err());
    assertTrue(command.out().contains("stored"), command.out());
  }

  @Test
  void productionRefusesDumpsAndRestores() {
    String name = dump();
    command.execute("rm", "user:1");
    RunningService production = RunningService.start(StoreKind.MEMORY, "production", Map.of());
    try (production) {
      command.with("CACHE_URL", production.url());
      assertEquals(3, command.execute("dumps", "restore", name), command.err());
      assertEquals(3, command.execute("dumps", "make"), command.err());
    }
  }

  @Test
  void filesThatCannotBeUsedAreExplained() throws IOException {
    String name = dump();
    String missing = folder.resolve("none/x").toString();
    Map<String, String> reasons = Map.of(
        "dumps get " + name + " -f " + missing, "there is no folder " + folder.resolve("none"),
        "set k @" + missing, missing + " cannot be read: there is no such file or folder",
        "set k @" + folder, "directory",
        "keys --token-file " + missing, "there is no such file or folder",
        "verify " + missing, "there is no file " + missing);
    for (Map.Entry<String, String> each : reasons.entrySet()) {
      assertEquals(1, command.execute(each.getKey().split(" ")), each.getKey());
      assertTrue(command.err().contains(each.getValue()), command.err());
      assertFalse(command.err().contains("Exception"), command.err());
    }
  }

  @Test
  void aRefusedDownloadLeavesNoFile() throws IOException {
    assertEquals(
        6, command.execute("dumps", "get", "none", "-f", folder.resolve("x").toString()));
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/passwd", "a/b", ".."})
  void aNameNeverLeadsElsewhere(String name) {
    assertEquals(2, command.execute("dumps", "get", name));
    assertTrue(command.err().contains("it is no name of a dump"), command.err());
  }

  @Test
  void jobsAreListedShownAndFollowed() {
    dump();
    assertEquals(0, command.execute("jobs", "ls", "-o", "csv"));
    String id = command.out().lines().skip(1).findFirst().orElseThrow().split(",")[0];
    assertEquals(0, command.execute("jobs", "show", id));
    assertTrue(command.out().contains("state            done"), command.out());
    assertTrue(command.out().contains("entries          2"), command.out());
    assertEquals(0, command.execute("jobs", "show", id, "-o", "json"));
    assertTrue(command.out().contains("\"state\":\"done\""), command.out());
    assertEquals(0, command.execute("jobs", "follow", id, "-o", "ndjson"));
    assertTrue(command.out().lines().allMatch(line -> line.startsWith("{\"id\":\"" + id)));
    assertEquals(0, command.execute("jobs", "follow", id));
    assertTrue(command.out().contains("state            done"), command.out());
    assertEquals(0, command.execute("jobs", "cancel", id));
    assertEquals("Job '" + id + "' is done\n", command.out());
    for (String verb : new String[] {"show", "follow", "cancel"}) {
      assertEquals(6, command.execute("jobs", verb, "none"), verb);
    }
  }

  @Test
  void aJobThatFailedSaysWhy() throws IOException {
    dump();
    Files.writeString(service.dumpFile(), "{}");
    service.client().send("POST", "/restore/?async=true", "{}").expect(202);
    assertEquals(0, command.execute("jobs", "ls", "-o", "csv"));
    String id = command.out().lines().skip(1).findFirst().orElseThrow().split(",")[0];
    assertEquals(1, command.execute("jobs", "follow", id));
    assertTrue(command.out().contains("state            failed"), command.out());
    assertTrue(command.out().contains("problem          "), command.out());
  }

  @Test
  void aPlanIsExecutedLater() {
    assertEquals(0, command.execute("rm", "--prefix", "user:", "--dry-run", "-o", "json"));
    String plan = command.out().replaceAll("(?s).*\"plan\":\"([^\"]+)\".*", "$1");
    assertEquals(2, command.execute("rm", "--plan", plan, "--prefix", "user:"));
    assertEquals(2, command.execute("rm", "--plan", plan));
    assertTrue(command.err().contains("no terminal to ask on, so nothing was done"), command.err());
    assertEquals(0, command.execute("rm", "--plan", plan, "--yes"), command.err());
    assertEquals("2 keys deleted\n", command.out());
    assertEquals(6, command.execute("rm", "--plan", "unknown", "--yes"));
    command.execute("set", "user:1", "some");
    assertEquals(0, command.execute("touch", "--ttl", "2h", "--all", "--dry-run"));
    assertTrue(command.err().contains("give --plan "), command.err());
    String touch = command.err().replaceAll("(?s).*--plan (\\S+).*", "$1");
    assertEquals(2, command.execute("touch", "--plan", touch, "--ttl", "2h"));
    assertEquals(0, command.execute("touch", "--plan", touch, "--yes"), command.err());
    assertEquals("1 key refreshed\n", command.out());
    command.execute("set", "user:2", "some");
    assertEquals(7, command.execute("touch", "--plan", touch, "--yes"));
    assertTrue(command.err().contains("nothing was done"), command.err());
    assertEquals(7, command.execute("touch", "--plan", touch, "--yes", "-o", "json"));
    assertTrue(command.err().contains("plan-outgrown\",\"exit_status\":7}"), command.err());
  }

  @Test
  void aChangeThatIsInterruptedKeepsWhatIsDone() throws Exception {
    for (int i = 0; i < 500; i++) {
      service.client().put("many:" + i, "1");
    }
    TypedCommand slow = new TypedCommand().with("CACHE_URL", service.url());
    CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> slow.execute(
        "rm", "--prefix", "many:", "--yes", "--max-keys", "500", "--rate", "50", "-o", "json"));
    while (service.client().get("/jobs/").json().toString().indexOf("\"state\":\"running\"") < 0) {
      Thread.sleep(10);
    }
    slow.interrupt();
    assertTrue(status.get(20, TimeUnit.SECONDS) != 0, slow.out());
    assertEquals(0, command.execute("tree", "many:", "-o", "json"));
    assertFalse(command.out().contains("\"total_children\":0"), command.out());
    assertTrue(slow.err().contains("cancelled"), slow.err());
    assertTrue(slow.out().contains("\"left_count\":"), slow.out());
  }

  @Test
  void withoutAServiceTheVerbSaysWhatItNeeds() {
    command.with("CACHE_URL", "");
    for (String verb : new String[] {"dumps ls", "jobs ls", "jobs show x", "dumps rm x --yes"}) {
      assertEquals(2, command.execute(verb.split(" ")), verb);
      assertTrue(command.err().contains("which service? Give --url"), command.err());
    }
    command.with("MEMCACHED_SERVERS", "127.0.0.1:1");
    assertEquals(2, command.execute("rm", "--plan", "x", "--yes"));
    assertTrue(command.err().contains("plans are kept by services"), command.err());
  }

  @Test
  void aGroupWithoutVerbNamesThem() {
    assertEquals(2, command.execute("jobs"));
    assertEquals(
        "cache: jobs needs a verb: ls, show, follow, cancel; try cache jobs --help\n",
        command.err());
    assertEquals(0, command.execute("jobs", "--help"));
    assertTrue(command.out().contains("follow"), command.out());
    assertFalse(command.out().contains("COMMAND"), command.out());
  }
}
