package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.openqa.selenium.Keys;

/** The first screen of the console, on two servers of its own. */
class ConsoleOverviewIT {
  private static MemcachedServer first;
  private static MemcachedServer second;
  private static RunningService service;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void start() {
    first = MemcachedServer.start("-B", "ascii");
    second = MemcachedServer.start("-B", "ascii");
    service = RunningService.start(
        StoreKind.MEMORY,
        "development",
        Map.of("MEMCACHED_SERVERS", first.address() + "," + second.address()));
    service.awaitReady();
    for (int i = 0; i < 120; i++) {
      service.client().put("user:" + i, "\"" + "x".repeat(1_000) + "\"");
    }
    browser = ConsoleBrowser.start(service.url());
    browser.allowFakeAnswers();
  }

  @AfterAll
  static void close() {
    browser.close();
    service.close();
    first.stop();
    second.stop();
  }

  @AfterEach
  void nothingWasReported() {
    browser.assertQuiet();
  }

  private static String card(MemcachedServer server) {
    return "[data-server='" + server.address() + "']";
  }

  private static void open(String fragment) {
    browser.open(fragment);
    browser.await("return document.querySelectorAll('.metric.items .sparkline path').length > 0");
  }

  private static String past(String samples, String events) {
    return """
        {"since": "%s", "step_seconds": 30, "servers": [{"address": "%s", "samples": [%s], "events": [%s]}]}
        """.formatted(ago(3_600), first.address(), samples, events);
  }

  private static String ago(long seconds) {
    return Instant.now().minusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String sample(
      long secondsAgo, long items, long hits, long misses, long evictions) {
    return """
        {"at": "%s", "items": %d, "bytes": 1048576, "hits": %d, "misses": %d, "evictions": %d, "connections": 7}
        """.formatted(ago(secondsAgo), items, hits, misses, evictions);
  }

  @Test
  void theFirstScreenShowsTheFleet() {
    open("");
    assertEquals("Overview · Cache App", browser.run("return document.title"));
    assertEquals("120", browser.text("[data-tile=Keys] b"));
    assertEquals("2 of 2", browser.text("[data-tile='Servers up'] b"));
    for (MemcachedServer server : new MemcachedServer[] {first, second}) {
      String shown = browser.text(card(server));
      for (String part : new String[] {
        "up",
        "1.6.",
        "of 64.0 MiB",
        "Items",
        "Hit ratio",
        "Evictions",
        "Connections",
        "Tracked by feed and walk"
      }) {
        assertTrue(shown.contains(part), part + " in " + shown);
      }
    }
    long items = Long.parseLong(browser.text(card(first) + " .metric.items b"));
    assertEquals(first.stat("curr_items"), items);
  }

  @Test
  void aChartSaysHowFarItReaches() {
    open("#/?span=15m");
    String chart = card(first) + " .metric.bytes";
    assertEquals("64.0 MiB", browser.text(chart + " .scale"));
    String axis = chart + " .axis";
    browser.await("return /^\\d\\d:\\d\\d:\\d\\d$/.test(document.querySelector(\"" + axis
        + "\").firstChild.innerText)");
    open("#/?span=7d");
    browser.await("return /^\\d{4}-\\d\\d-\\d\\d$/.test(document.querySelector(\"" + axis
        + "\").firstChild.innerText)");
    long days = browser.number(
        "[...document.querySelector(\"" + axis
            + "\").children].map(day => Date.parse(day.innerText) / 86400000).reduce((from, to) => to - from)");
    // The last sample may be of the next day.
    assertTrue(days == 7 || days == 8, days + " days");
  }

  @Test
  void whatNeedsAttentionSaysWhatToDo() {
    service.removeDumps();
    open("#/");
    browser.awaitText("[data-warning='No dump for a day']", "CACHE_AUTO_DUMP_INTERVAL");
    assertFalse(browser.has(".well"));
    service.client().send("POST", "/", null).expect(200);
    browser.press("r");
    browser.awaitText("[data-tile='Last dump']", "120 keys");
    browser.awaitText(".well", "Nothing needs attention");
    assertFalse(browser.has(".warnings"));

    browser.answer("/check/", 200, """
        {"servers": [{"address": "%s", "up": true, "listed": true, "risks": ["95 %% of its memory is taken", "it has evicted 3 items"], "risk_kinds": ["nearly_full", "evicted"]}],
         "ring": {"current": "ketama", "fits": "modulo", "message": "of 120 keys sampled, 120 are elsewhere"}}
        """.formatted(first.address()), "{}");
    browser.answer("/auto-dump/", 200, """
        {"running": true, "interval_seconds": 60, "consecutive_failures": 3, "last_dump": {"error": "the disk is full"}}
        """, "{}");
    browser.answer("/dumps/", 200, """
        {"dumps": [{"name": "new", "created_at": "%s", "valid": false, "complete": true, "entries": 1, "bytes": 1},
                   {"name": "old", "created_at": "%s", "valid": true, "complete": true, "entries": 1, "bytes": 1}]}
        """.formatted(ago(60), ago(200_000)), "{}");
    browser.press("r");
    browser.awaitText("[data-warning='Memory is nearly full']", "95 % of its memory is taken");
    assertEquals(
        "#/analysis?server=" + first.address().replace(":", "%3A") + "&by=bytes",
        browser.element("[data-warning='Memory is nearly full'] a").getDomAttribute("href"));
    assertFalse(browser.text(".warnings").contains("evicted"), "that is long ago");
    browser.awaitText("[data-warning='The ring does not fit']", "Set MEMCACHED_RING=modulo");
    browser.awaitText(
        "[data-warning='Automatic dumps fail']", "3 times in a row: the disk is full");
    browser.awaitText("[data-warning='No dump for a day']", "the newest good one is 2 d old");
    browser.answerNothing();
  }

  @Test
  void chartsMarkWhatHappenedAndHaveTables() {
    open("#/");
    browser.answer(
        "/stats/history/",
        200,
        past(
            String.join(
                ",",
                sample(1_800, 10, 0, 0, 0),
                sample(1_770, 20, 30, 10, 0),
                // Nobody looked for a while, and the server was restarted.
                sample(300, 30, 10, 0, 0),
                sample(270, 40, 10, 10, 60)),
            "{\"at\": \"%s\", \"kind\": \"restart\"}, {\"at\": \"%s\", \"kind\": \"flush\"}"
                .formatted(ago(400), ago(280))),
        "{}");
    browser.press("r");
    // Another test restarts the server, but none flushes it.
    browser.awaitText(card(first) + " .events", "flushed");
    assertTrue(browser.text(card(first) + " .events").contains("restarted"));
    assertEquals(
        2L,
        browser.number(
            "document.querySelectorAll(\"" + card(first) + " .metric.items .event\").length"));
    // A gap, since nothing is known of what was between.
    assertEquals(
        2L,
        browser.number(
            "document.querySelectorAll(\"" + card(first) + " .metric.items .line\").length"));
    assertEquals(
        "Items, last 1 h: from 10 to 40, at last 40",
        browser.element(card(first) + " .metric.items svg").getAttribute("aria-label"));
    // 40 hits in 60 reads: counters begin at 0 again after a restart.
    assertEquals("66.6 %", browser.text(card(first) + " .metric.ratio b"));
    assertEquals("60", browser.text(card(first) + " .metric.evictions b"));
    browser.awaitText("[data-warning='Items are evicted']", "60 items in the last 15 min");
    browser.click(card(first) + " .figures summary");
    browser.awaitText(card(first) + " table", "Hit ratio");
    String newest = browser.text(card(first) + " tbody tr");
    for (String part : new String[] {"1.0 MiB", "40", "0 %", "2.0/s", "7"}) {
      assertTrue(newest.contains(part), part + " in " + newest);
    }
    assertEquals(4L, browser.number("document.querySelectorAll('.figures tbody tr').length"));
    browser.answerNothing();
  }

  @Test
  void aServerThatLostItsItemsLeadsToADump() {
    service.client().send("POST", "/", null).expect(200);
    open("#/");
    browser.answer(
        "/stats/history/",
        200,
        past(
            sample(60, 10, 0, 0, 0),
            "{\"at\": \"%1$s\", \"kind\": \"restart\", \"items_before\": 5000}, {\"at\": \"%1$s\", \"kind\": \"restart\", \"items_before\": 0}"
                .formatted(ago(400))),
        "{}");
    browser.press("r");
    browser.awaitText(
        "[data-warning='A server has lost its items']",
        "min ago; it had 5,000 items before, and has ");
    browser.click("[data-warning='A server has lost its items'] a");
    browser.awaitText(".dump [aria-current=page]", "Restore");
    // What other servers lack was deleted or evicted.
    assertEquals("true", browser.element("select[name=cold]").getDomProperty("value"));
    browser.clickButton("Dry run");
    browser.awaitText("main", "Server has newer keys");
    browser.answerNothing();
  }

  @Test
  void theSpanIsInTheAddress() {
    open("#/");
    browser.click(".segments button:last-child");
    browser.await("return location.hash === '#/?span=7d'");
    browser.await(
        "return document.querySelector('.segments [aria-pressed=true]').innerText === '7 d'");
    open("#/?span=15m");
    assertEquals("15 min", browser.text(".segments [aria-pressed=true]"));
    browser.await(
        "return document.querySelector('.metric.items svg')?.getAttribute('aria-label').includes('last 15 min')");
  }

  @Test
  void aServerThatIsDownIsSeenAtOnce() {
    open("#/");
    second.stop();
    browser.awaitText(card(second) + " .server-state", "down");
    browser.awaitText("[data-warning='A server is down']", second.address());
    browser.awaitText("[data-tile='Servers up']", "1 of 2");
    assertTrue(browser.text(card(first) + " .server-state").contains("up"));
    first.stop();
    browser.awaitText(".notice.bad[data-status]", "What is shown below is from");
    // check/ still says why, and what was there before stays.
    browser.awaitText(card(first), "connection refused");
    assertTrue(browser.text(card(first)).contains("of 64.0 MiB"), "old data stays");
    browser.awaitText("[data-warning='2 servers are down']", second.address());
    browser.open("#/");
    browser.awaitText(card(first), "connection refused");
    first.restart();
    second.restart();
    browser.awaitText("[data-tile='Servers up']", "2 of 2");
    browser.await("return document.querySelector('.notice.bad') === null");
    browser.awaitText("[data-warning='A server has lost its items']", "and has 0 now");
    for (int i = 0; i < 120; i++) {
      service.client().put("user:" + i, "\"" + "x".repeat(1_000) + "\"");
    }
  }

  @Test
  void runningJobsAreShownWithTheirProgress() {
    open("#/");
    browser.answer("/jobs/", 200, """
        {"jobs": [{"id": "1", "kind": "delete", "about": "user:", "state": "running", "started_by": "ada",
           "progress": {"done": 500, "expected": 2000, "per_second": 10, "eta_seconds": 150}},
          {"id": "2", "kind": "dump", "about": "", "state": "done", "started_by": "ada",
           "progress": {"done": 1, "expected": 1, "eta_seconds": null}}]}
        """, "{}");
    browser.press("r");
    browser.awaitText(".running-jobs", "500 of 2,000, 3 min left · by ada");
    assertEquals(1L, browser.number("document.querySelectorAll('.running-jobs li').length"));
    assertEquals("500", browser.element(".running-jobs progress").getAttribute("value"));
    browser.answerNothing();
  }

  @Test
  void aRefusedPartLeavesTheOthers() {
    open("#/");
    browser.answer("/dumps/", 503, """
        {"status": 503, "type": "urn:cache-app:problem:too-busy", "title": "Busy", "detail": "Others read dumps."}
        """, "{}");
    browser.press("r");
    browser.awaitText(".refused", "Dumps: Others read dumps.");
    assertTrue(browser.has(card(first)));
    browser.answerNothing();
    browser.press("r");
    browser.await("return document.querySelector('.refused') === null");
  }

  @Test
  void aTokenOfSomeAppsSeesItsKeysOnly() {
    try (RunningService limited =
        RunningService.withTokens(StoreKind.MEMORY, "production", "shop viewer apps=shop")) {
      try (ConsoleBrowser own = ConsoleBrowser.start(limited.url())) {
        own.open("#/");
        own.signIn("shop");
        own.awaitText(".servers-title", "You see the keys of shop");
        own.awaitText("[data-server=memory]", "up");
        assertFalse(own.has(".refused"), own.text("main"));
        assertEquals("0", own.text("[data-tile=Keys] b"));
        own.assertQuiet();
      }
    }
  }

  @Test
  void theVersionOfAServerHidesNothing() {
    open("#/");
    browser.answer("/stats/history/", 200, past("", ""), "{}");
    browser.answer("/stats/", 200, """
        {"total_keys": 1, "environment": "development", "tracking": {"as_of": "%s", "servers": []},
         "servers": [{"address": "a\\u202e:1", "up": true, "version": "1.6\\u202e\\u0007", "uptime_seconds": 5, "bytes": 1, "limit_bytes": 2}]}
        """.formatted(ago(0)), "{}");
    browser.press("r");
    browser.awaitText(".server-card header .note", "1.6U+202EU+0007 · since");
    browser.click(".bar .servers summary");
    browser.awaitText(".bar .servers .note", "up · 1.6U+202EU+0007 · ");
    browser.awaitText(".bar .servers .address", "aU+202E:1");
    browser.answerNothing();
    browser.press(Keys.ESCAPE, "r");
  }
}
