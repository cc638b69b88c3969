package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.openqa.selenium.Keys;

/** The dumps of the service in a browser. */
class ConsoleDumpsIT {
  private static ConsoleBrowser browser;

  private RunningService service;
  private ApiClient api;

  @BeforeAll
  static void start() {
    browser = ConsoleBrowser.start(RunningService.fresh(StoreKind.MEMORY).url());
    browser.allowFakeAnswers();
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  @BeforeEach
  void clear() {
    service = RunningService.fresh(StoreKind.MEMORY);
    api = service.client();
  }

  private String dumpOf(String... keys) {
    for (String key : keys) {
      api.put(key, "\"" + key + "\"");
    }
    return api.send("POST", "/", null).expect(200).text("name");
  }

  private Path file(String name) {
    return service.dumpFile().resolveSibling(name);
  }

  private static void openPart(String name, String part) {
    browser.open("#/dumps?name=" + ApiClient.encoded(name) + "&view=" + part);
  }

  private static void awaitRows(int count) {
    browser.await("return document.querySelectorAll('main tbody tr').length === " + count);
  }

  @Test
  void aDumpThatSomebodyMakesIsFollowed() {
    String running = """
        {"id": "x1", "kind": "dump", "about": "", "state": "running", "started_by": "ada", "cancel_requested": false,
         "created_at": "2026-01-01T00:00:00Z", "started_at": "2026-01-01T00:00:00Z", "finished_at": null, "result": null, "error": null,
         "progress": {"done": 1, "expected": 2, "per_second": 1, "eta_seconds": 1, "throttled_seconds": 0, "bytes": 9}}
        """;
    browser.open("#/dumps");
    browser.awaitText("[data-state=empty]", "There is no dump yet");
    browser.answer("/jobs/x1/", 200, running, "{}");
    browser.answer("/jobs/", 200, "{\"jobs\": [" + running + "]}", "{}");
    browser.awaitText(".job", "begun by ada");
    assertFalse(browser.element("main button.primary").isEnabled(), "one at a time");
    dumpOf("a");
    browser.answerNothing();
    browser.await("return document.querySelector('[data-dump]') !== null");
    browser.await("return document.querySelector('.job') === null");
  }

  @Test
  void aDumpIsMadeListedAndDescribed() {
    api.put("a", "1");
    api.put("b", "2");
    browser.openList("#/keys");
    browser.press("g", "d");
    browser.awaitText("[data-state=empty]", "There is no dump yet");
    assertEquals("#/dumps", browser.fragment());
    browser.clickButton("Make a dump");
    browser.awaitText(".job .job-state", "done");
    browser.awaitText(".job .facts", "Entries\n2");
    browser.await("return document.querySelector('[data-dump]') !== null");
    String name = api.get("/dumps/").json().get("dumps").get(0).get("name").asString();
    browser.awaitText("[data-dump] .about", name);
    String marks = browser.text("[data-dump] .marks");
    for (String mark : List.of("✓ valid", "✓ complete", "current")) {
      assertTrue(marks.contains(mark), marks);
    }
    browser.click("[data-dump] a");
    browser.awaitText(".dump .facts", "Entries\n2");
    browser.awaitText(".dump table", "memory");
    assertEquals(name, browser.text("h1"));
    browser.press(Keys.ESCAPE);
    browser.awaitText("h1", "Dumps");
    browser.assertQuiet();
  }

  @Test
  void keysOfADumpArePagedAndFiltered() {
    String[] keys = new String[150];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = "n:" + i;
    }
    String name = dumpOf(keys);
    openPart(name, "keys");
    awaitRows(100);
    browser.awaitText("section[aria-label='Keys of the dump'] [role=status]", "100 keys of 150");
    browser.click(".pages a:last-child");
    awaitRows(50);
    assertEquals(1, browser.number("document.querySelectorAll('.pages a').length"));
    browser.back();
    awaitRows(100);
    browser.search("n:14");
    awaitRows(11);
    assertTrue(browser.fragment().contains("prefix=n%3A14"), browser.fragment());
    browser.search("/^n:14[0-4]$/");
    awaitRows(5);
    browser.search("/(/");
    browser.awaitText(".notice", "position 1");
    browser.search("absent");
    browser.awaitText("[data-state=no-match]", "No key of the dump matches");
    openPart(name, "keys&prefix=n%3A149&min_size=1");
    awaitRows(1);
    browser.awaitText(".chip", "size ≥");
    browser.clickButton("Filter");
    List<?> offered = (List<?>) browser.run(
        "return [...document.querySelectorAll('.new-filter option')].map((one) => one.value)");
    assertTrue(offered.contains("no_ttl"), offered.toString());
    assertFalse(offered.contains("never_fetched"), offered.toString());
    openPart(name, "keys&prefix=n%3A149");
    awaitRows(1);
    browser.click(".dump-keys a");
    browser.awaitText("h1", "n:149");
    browser.assertQuiet();
  }

  @ParameterizedTest
  @CsvSource({
    "restore&prefx=zz, prefx",
    "restore&prefix=, prefix",
    "restore&never_fetched=true, never_fetched",
    "restore&server=memory, server",
    "restore&mode=overwrite, mode=overwrite",
    "restore&cold=yes, cold=yes",
    "restore&ttl=banana, ttl=banana",
    "restore&job=x1&prefx=zz, prefx",
    "keys&prefx=zz, prefx",
    "keys&sort=size, sort",
    "diff&prefix=a, prefix",
    "about&prefix=a, prefix",
    "restroe&prefix=a, view=restroe"
  })
  void aLinkThatSaysMoreIsNotGuessed(String part, String unknown) {
    String name = dumpOf("a");
    openPart(name, part);
    browser.awaitText("[data-state=misspelt]", "This link cannot be read");
    browser.awaitText("[data-state=misspelt]", "does not know " + unknown + ".");
    assertFalse(browser.has("main input, main table"), browser.text("main"));
    browser.click("[data-state=misspelt] a");
    browser.awaitText(".dump .facts", "Entries");
    browser.assertQuiet();
  }

  @Test
  void productionAsksBeforeAllValuesAreRead() {
    try (RunningService production =
            RunningService.start(StoreKind.MEMORY, "production", RunningService.MANY_DUMPS);
        ConsoleBrowser own = ConsoleBrowser.start(production.url())) {
      Await.until(() -> production.client().get("/dumps/").at("dumps").size() > 0);
      String name =
          production.client().get("/dumps/").at("dumps").get(0).get("name").stringValue();
      own.open("#/dumps?name=" + name + "&view=diff");
      own.awaitText("main", "Compare with the cache now");
      own.clickButton("Compare with the cache now");
      own.awaitText("dialog[open]", "Read every key in production?");
      own.clickButton("Leave it");
      own.await("return document.querySelector('dialog') === null");
      assertFalse(own.has(".job"));
      own.clickButton("Compare with the cache now");
      own.clickButton("Read and compare");
      own.awaitText(".job .job-state", "done");
      own.assertQuiet();
    }
  }

  @Test
  void aComparisonLeadsToKeys() {
    String name = dumpOf("same", "other", "gone");
    api.send("POST", "/key/other/", "{\"value\": \"new\"}").expect(200);
    api.delete("/key/gone/").expect(200);
    api.put("fresh", "1");
    openPart(name, "diff");
    browser.clickButton("Compare with the cache now");
    browser.awaitText(".job .job-state", "done");
    String facts = browser.text(".job .facts");
    assertTrue(facts.startsWith("Same\n1\nChanged\n1\nOnly in the dump\n1\nOnly live\n1\n"), facts);
    assertTrue(browser.has("a[href='#/key?key=other']"));
    assertTrue(browser.has("a[href='#/key?key=fresh']"));
    browser.click("a[href$='prefix=gone']");
    awaitRows(1);
    browser.awaitText(".dump-keys", "gone");
    browser.assertQuiet();
  }

  @Test
  void aDumpIsDownloaded(@TempDir Path folder) throws IOException {
    String name = dumpOf("a", "b");
    browser.saveInto(folder);
    browser.open("#/dumps");
    browser.await("return document.querySelector('[data-dump]') !== null");
    // As most browsers, and every one over plain HTTP from elsewhere.
    browser.run("window.showSaveFilePicker = undefined");
    browser.click("[data-dump] a");
    browser.awaitText(".dump", "at most 256 MiB");
    browser.clickButton("Download");
    browser.awaitText(".dump .acts", "downloaded.");
    Await.until(() -> Files.exists(folder.resolve(name)));
    assertArrayEquals(Files.readAllBytes(file(name)), Files.readAllBytes(folder.resolve(name)));
    browser.clickButton("Copy curl");
    browser.awaitText(".dump .acts", "Command copied");
    assertEquals(
        "curl '" + service.url() + "/api/cache/dumps/" + name + "/file' -OJ", browser.copied());
    // Where the browser can, it goes to a file bit by bit.
    browser.run("""
        window.written = '';
        window.showSaveFilePicker = async ({ suggestedName }) => ({ createWritable: async () => new WritableStream({
          write(part) { window.written += new TextDecoder().decode(part); },
          close() { window.savedAs = suggestedName; },
        }) });
        """);
    browser.clickButton("Download");
    browser.await("return window.savedAs === '" + name + "'");
    assertEquals(Files.readString(file(name)), browser.run("return window.written"));
    browser.assertQuiet();
  }

  @Test
  void aDumpThatIsTooLargeForMemoryIsRefused() {
    String name = dumpOf("a");
    browser.open("#/dumps");
    browser.await("return document.querySelector('[data-dump]') !== null");
    browser.run("window.showSaveFilePicker = undefined");
    browser.run("""
        const at = (path) => import(new URL(path, document.baseURI));
        Promise.all([at('base/download.js'), at('base/dumps.js')]).then(([{ download }, { dumpAddress }]) =>
          download(dumpAddress(arguments[0], 'file'), 'x', { mostBytes: 10, onProgress: () => {}, signal: new AbortController().signal }))
          .then(() => { window.refusal = 'none'; }, (refusal) => { window.refusal = refusal.message; });
        """, name);
    browser.await("return window.refusal?.startsWith('The file has more than 10 B')");
    browser.assertQuiet();
  }

  @Test
  void aDumpIsDeletedAfterAQuestion() {
    String name = dumpOf("a");
    browser.open("#/dumps?name=" + name);
    browser.awaitText(".dump .facts", "Entries");
    browser.press(Keys.DELETE);
    browser.awaitText("dialog", "Delete this dump?");
    browser.clickButton("Keep it");
    assertTrue(Files.exists(file(name)));
    browser.clickButton("Delete…");
    browser.awaitText("dialog .named", name);
    browser.click("dialog button.danger");
    browser.awaitText("[data-state=empty]", "There is no dump yet");
    assertEquals("#/dumps", browser.fragment());
    assertFalse(Files.exists(file(name)));
    browser.open("#/dumps?name=" + name);
    browser.awaitText(".notice[data-status='404']", name);
    assertFalse(browser.hasButton("Delete…"));
    browser.open("#/dumps?name=..");
    browser.awaitText(".notice[data-status='404']", "No dump has the name");
    browser.assertQuiet();
  }

  @Test
  void automaticDumpsAreStartedChangedAndStopped() {
    browser.open("#/dumps");
    browser.awaitText(".auto-dump .facts", "State\noff");
    browser.type("input[name=interval]", "often");
    browser.awaitText("#interval-fault", "Write it like");
    browser.type("input[name=interval]", "1h");
    browser.press(Keys.ENTER);
    browser.awaitText(".auto-dump .facts", "State\non\nEvery\n1.0 h");
    assertTrue(api.get("/auto-dump/").json().get("running").asBoolean());
    browser.type("input[name=interval]", "1d");
    browser.clickButton("Change");
    browser.awaitText(".auto-dump .facts", "Every\n24 h");
    browser.clickButton("Stop");
    browser.awaitText(".auto-dump .facts", "State\noff");
    assertFalse(api.get("/auto-dump/").json().get("running").asBoolean());
    browser.answer(
        "/auto-dump/",
        200,
        "{\"running\": true, \"interval_seconds\": 60, \"next_dump_at\": null, \"consecutive_failures\": 3, \"too_few_changes\": 2, \"made_by\": \"other:1\", \"last_dump\": {\"finished_at\": \"2026-01-01T00:00:00Z\", \"ok\": false, \"entries\": 0, \"bytes\": 0, \"duration_ms\": 5, \"error\": \"No space left\"}}",
        "{}");
    browser.visit("#/jobs");
    browser.visit("#/dumps");
    browser.awaitText(".notice[data-kind=auto-dump]", "The last one failed, and 2 before it");
    assertTrue(browser.text(".notice").contains("No space left"), browser.text(".notice"));
    browser.awaitText(".auto-dump", "only 2 changes");
    browser.awaitText(".auto-dump", "other:1");
    browser.assertQuiet();
  }

  @ParameterizedTest
  @CsvSource({
    "403, outside-apps, You may not do this",
    "503, store-unavailable, Not every server answers",
    "500, internal-error, A title"
  })
  void aRefusalIsSaidAndOldDumpsStay(int status, String kind, String title) {
    dumpOf("a");
    browser.open("#/dumps");
    browser.await("return document.querySelector('[data-dump]') !== null");
    String problem =
        "{\"status\": %d, \"type\": \"urn:cache-app:problem:%s\", \"title\": \"A title\", \"detail\": \"Some reason.\"}"
            .formatted(status, kind);
    browser.answer("/dumps/", status, problem, "{\"Retry-After\": \"60\"}");
    browser.press("r");
    browser.awaitText(".notice", title);
    assertTrue(browser.text(".notice").contains("What is shown below is from"));
    assertTrue(browser.has("[data-dump]"), "old dumps stay");
    browser.answerNothing();
    browser.press("r");
    browser.await("return document.querySelector('.notice') === null");
    browser.answer("?async=true", 409, problem.replace("403", "409"), "{}");
    browser.clickButton("Make a dump");
    browser.awaitText(".notice", "Some reason.");
    browser.assertQuiet();
  }
}
