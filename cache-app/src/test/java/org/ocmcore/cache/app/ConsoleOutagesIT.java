package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;

/** The console when changes cannot be followed, when the service is gone or a server is down. */
class ConsoleOutagesIT {
  private static final String LIVE = "return document.querySelector('.summary .live') !== null";

  private RunningService service;
  private ConsoleBrowser browser;

  @BeforeEach
  void start() {
    service = RunningService.fresh(StoreKind.MEMORY);
    browser = ConsoleBrowser.start(service.url());
    browser.allowFakeAnswers();
  }

  @AfterEach
  void close() {
    browser.assertQuiet();
    browser.close();
  }

  private static String problem(int status, String kind) {
    return "{\"status\": %d, \"type\": \"urn:cache-app:problem:%s\", \"title\": \"A title\", \"detail\": \"Some <b>reason</b>.\"}"
        .formatted(status, kind);
  }

  private void checkInBothThemes(ConsoleBrowser own, String name) {
    for (String theme : List.of("light", "dark")) {
      own.systemTheme(theme);
      own.picture("trouble-" + name + "-" + theme);
      assertEquals("", own.accessibilityProblems(), name + " " + theme);
    }
  }

  /** Shows the changes when the stream of events is answered so. */
  private void openRefused(int status, String kind, String headers) {
    browser.open("#/keys");
    browser.await("return document.querySelector('.summary') !== null");
    browser.answer("changes/events", status, problem(status, kind), headers);
    browser.visit("#/changes");
  }

  @Test
  void changesWithoutATokenAskForOne() {
    openRefused(401, "unauthorized", "{}");
    browser.awaitText("dialog", "This service needs a token");
    browser.awaitText(".summary", "Not followed");
    assertFalse(browser.has(".changes .notice"), "the dialog says it");
  }

  @Test
  void changesThatAreForbiddenAreNotFollowed() {
    openRefused(403, "outside-apps", "{}");
    browser.awaitText(".changes .notice[data-status='403']", "You may not do this");
    assertTrue(browser.text(".notice").contains("Some <b>reason</b>."), browser.text(".notice"));
    assertEquals("Not followed", browser.text(".summary [role=status]"));
    assertFalse(browser.has(".empty"), "nobody knows whether anything has changed");
    assertFalse(browser.hasButton("Try again"));
    assertEquals("", browser.accessibilityProblems());
  }

  @Test
  void changesOfABusyServiceAreAskedForAgain() {
    openRefused(503, "too-busy", "{\"Retry-After\": \"2\"}");
    browser.awaitText(".changes .notice[data-status='503'] .countdown", "in ");
    assertEquals("Not followed", browser.text(".summary [role=status]"));
    browser.answerNothing();
    browser.await(LIVE);
    browser.await("return document.querySelector('.notice') === null");
    service.client().put("a", "1");
    browser.awaitText("#row-0", "stored");
  }

  @Test
  void changesOfAServiceThatIsGoneComeBack() {
    RunningService first = RunningService.start(StoreKind.MEMORY, "development", Map.of());
    try (ConsoleBrowser own = ConsoleBrowser.start(first.url())) {
      own.open("#/changes");
      own.await(LIVE);
      first.client().put("before", "1");
      own.awaitText("#row-0", "before");
      String port = first.url().replaceFirst(".*:", "");
      first.close();
      own.awaitText(".summary", "Not followed");
      own.awaitText(".changes .notice", "The service is gone");
      own.awaitText("#row-0", "before");
      checkInBothThemes(own, "changes-gone");
      // With another file of dumps it would be another service.
      Map<String, String> same =
          Map.of("CACHE_HTTP_PORT", port, "CACHE_DUMP_FILE", first.dumpFile().toString());
      try (RunningService second = RunningService.start(StoreKind.MEMORY, "development", same)) {
        own.await(LIVE);
        second.client().put("after", "1");
        own.awaitText("#row-0", "after");
        // Between both there may have been more.
        own.awaitText(".limits summary", "Changes are missing");
        own.click(".limits summary");
        own.awaitText("[data-state=skipped]", "the connection was broken meanwhile");
        own.await("return document.querySelector('.notice') === null");
        own.assertQuiet();
      }
    }
  }

  /** A stream of these events, which then ends or stays open. */
  private void stream(boolean ends, String... events) {
    browser.open("#/keys");
    browser.await("return document.querySelector('.summary') !== null");
    browser.run("""
        const known = window.fetch;
        const [text, ends] = arguments;
        window.fetch = (url, options) => String(url).includes('changes/events')
          ? Promise.resolve(new Response(new ReadableStream({ start(stream) {
              stream.enqueue(new TextEncoder().encode(text));
              if (ends) { stream.close(); }
            } }), { headers: { 'Content-Type': 'text/event-stream' } }))
          : known(url, options);
        """, String.join("", events), ends);
    browser.visit("#/changes");
  }

  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  @Test
  void changesThatWereLeftOutAreSaid() {
    stream(
        false,
        event("servers", "{\"servers\": [{\"address\": \"a:1\", \"reports\": [\"stored\"]}]}"),
        event("skipped", "{\"reason\": \"buffer_full\", \"count\": 1200}"),
        event("skipped", "{\"reason\": \"buffer_full\", \"count\": 34}"),
        event("skipped", "{\"reason\": \"feed\", \"count\": 5}"),
        event("skipped", "{\"reason\": \"feed\", \"count\": null}"),
        event("skipped", "{\"reason\": \"<img src=x onerror=alert(1)>\", \"count\": 1}"));
    browser.await(LIVE);
    browser.awaitText(".limits summary", "Changes are missing");
    assertEquals(
        List.of(
            "1,234 changes are missing: more happened than this page could read.",
            "Some changes are missing: a server left them out of its feed.",
            "1 change is missing: <img src=x onerror=alert(1)>."),
        browser.run(
            "return [...document.querySelectorAll('[data-state=skipped]')].map((item) => item.textContent)"));
    assertEquals("", browser.accessibilityProblems());
  }

  @Test
  void aStreamThatEndsIsNotFollowed() {
    stream(
        true,
        event("servers", "{\"servers\": [{\"address\": \"a:1\", \"reports\": [\"stored\"]}]}"),
        event(
            "change",
            "{\"kind\": \"stored\", \"key\": \"last\", \"server\": \"a:1\", \"at\": \"2026-01-01T00:00:00Z\"}"));
    browser.awaitText("#row-0", "last");
    browser.awaitText(".summary [role=status]", "Not followed");
    // It is asked for again, and what came before stays.
    browser.awaitText(".summary", "2 changes");
  }

  @Test
  void pausedChangesAreForEverybody() {
    browser.open("#/changes");
    browser.await(LIVE);
    service.client().put("a", "1");
    browser.awaitText("#row-0", "stored");
    browser.clickButton("Pause");
    browser.awaitText(".summary", "Paused");
    service.client().put("b", "1");
    browser.awaitText(".summary", "1 new change");
    assertEquals("true", browser.element("button[aria-pressed]").getAttribute("aria-pressed"));
    checkInBothThemes(browser, "changes-paused");
  }

  @Test
  void aServiceThatIsGoneIsForEverybody() {
    RunningService first = RunningService.start(StoreKind.MEMORY, "development", Map.of());
    try (ConsoleBrowser own = ConsoleBrowser.start(first.url())) {
      first.client().put("before", "1");
      own.openList("#/keys");
      first.close();
      own.press("r");
      own.awaitText(".notice", "The service is gone");
      own.awaitText(".bar .as-of", "last heard");
      checkInBothThemes(own, "keys-gone");
      own.visit("#/");
      own.awaitText(".notice", "The service is gone");
      checkInBothThemes(own, "overview-gone");
      own.assertQuiet();
    }
  }

  @Test
  void aDamagedDumpIsForEverybody() throws IOException {
    service.client().put("a", "\"" + "x".repeat(500) + "\"");
    String name = service.client().send("POST", "/", null).expect(200).text("name");
    Path file = service.dumpFile().resolveSibling(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 0x55;
    Files.write(file, bytes);
    browser.open("#/dumps");
    browser.awaitText("[data-dump] .marks", "▲ damaged");
    checkInBothThemes(browser, "dumps-damaged");
    browser.click("[data-dump] a");
    browser.awaitText("[data-state=damaged]", "The dump is damaged");
    browser.awaitText(".damages", "Reason");
    checkInBothThemes(browser, "dump-damaged");
    browser.visit(browser.fragment() + "&view=restore");
    browser.await("return document.querySelector('form') !== null");
    checkInBothThemes(browser, "restore-damaged");
  }

  @Test
  void keysOfServersThatAnswerAreALinkAway() {
    try (MemcachedServer down = MemcachedServer.start();
        MemcachedServer up = MemcachedServer.start();
        RunningService own = RunningService.start(
            StoreKind.MEMORY,
            "development",
            Map.of("MEMCACHED_SERVERS", down.address() + "," + up.address()));
        ConsoleBrowser two = ConsoleBrowser.start(own.url())) {
      IntStream.range(0, 30).forEach(i -> own.client().put("n:" + i, "1"));
      long expected = up.stat("curr_items");
      assertTrue(expected > 0 && expected < 30, expected + " keys");
      two.openList("#/keys?prefix=n%3A");
      down.stop();
      two.awaitText(".bar .servers", "1 of 2 servers down");
      two.press("r");
      two.awaitText(".notice", "Keys of the servers that answer:");
      assertTrue(two.text(".notice").contains(up.address()), two.text(".notice"));
      assertEquals("Not every server answers", two.text(".notice strong"));
      assertEquals(1, two.number("document.querySelectorAll('.notice a').length"));
      assertEquals("30 keys", two.text(".summary b"), "old rows stay");
      checkInBothThemes(two, "keys-one-down");
      two.click(".notice a");
      two.await("return document.querySelector('.notice.bad') === null");
      assertEquals("#/keys?prefix=n%3A&server=" + up.address().replace(":", "%3A"), two.fragment());
      two.awaitText(".summary b", expected + " key");
      two.await("return document.querySelectorAll('.data').length === " + expected);
      assertEquals(
          List.of(up.address()),
          List.copyOf(
              new TreeSet<>(
                  (List<?>)
                      two.run(
                          "return [...document.querySelectorAll('.data .cell.server bdi')].map((cell) => cell.textContent)"))));
      two.visit("#/");
      two.awaitText("[data-warning='A server is down']", down.address());
      checkInBothThemes(two, "overview-one-down");
      assertTrue(two.text("[data-warning]").contains("on other servers can be used"));
      up.stop();
      two.awaitText("[data-warning='2 servers are down']", up.address());
      assertFalse(
          two.text("[data-warning]").contains("on other servers"), two.text("[data-warning]"));
      two.visit("#/keys");
      two.awaitText(".notice", "The store is unavailable");
      assertFalse(two.text("main").contains("Keys of the servers that answer"), two.text("main"));
      two.assertQuiet();
    }
  }
}
