package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.openqa.selenium.Keys;

/** What the console says of trouble that the service knows of, and of refused changes. */
class ConsoleTroubleIT {
  private static final String JOB = """
      {"id": "j1", "kind": "%s", "about": "user:", "state": "queued", "started_by": "ada", "cancel_requested": false,
       "created_at": "2026-01-01T00:00:00Z", "started_at": null, "finished_at": null,
       "progress": {"done": 0, "expected": null, "bytes": 0, "per_second": 0, "throttled_seconds": 0, "eta_seconds": null}}
      """;

  private static final String REASON =
      "its feed of stores is not used: <b>memcached 1.6.1</b> may crash";

  private static ApiClient api;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void start() {
    RunningService service = RunningService.fresh(StoreKind.MEMORY);
    api = service.client();
    browser = ConsoleBrowser.start(service.url());
    browser.allowFakeAnswers();
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  @BeforeEach
  void fill() {
    RunningService.fresh(StoreKind.MEMORY);
    api.put("user:1", "\"old\"");
    api.put("user:2", "\"old\"");
  }

  @AfterEach
  void nothingWasReported() {
    browser.answerNothing();
    browser.assertQuiet();
  }

  private static String problem(int status, String kind, String detail) {
    return "{\"status\": %d, \"type\": \"urn:cache-app:problem:%s\", \"title\": \"A title\", \"detail\": \"%s\"}"
        .formatted(status, kind, detail);
  }

  /** A server with this risk. */
  private static String check(String kind, String risk) {
    return """
        {"servers": [{"address": "memory", "up": true, "listed": true, "risks": ["%s"], "risk_kinds": ["%s"]}]}
        """.formatted(risk, kind);
  }

  private static String stats(String more) {
    return """
        {"total_keys": 0, "environment": "development",
         "tracking": {"mode": "walk", "as_of": "2026-01-01T00:00:00Z", "complete": true,
           "servers": [{"address": "memory", "mode": "walk", "keys": 0, "last_walk": null, "feed": null, "feed_skipped": 0 %s}]},
         "servers": [{"address": "memory", "up": true, "version": "1", "current_items": 1, "bytes": 1, "limit_bytes": 2,
           "hits": 0, "misses": 0, "evictions": 0, "connections": 1}]}
        """.formatted(more);
  }

  @Test
  void keysThatCannotBeListedAreBad() {
    browser.open("#/");
    browser.await("return document.querySelector('.glance') !== null");
    browser.answer("/check/", 200, check("unlisted", "it runs with <i>no_lru_crawler</i>"), "{}");
    browser.press("r");
    String warning = "[data-warning='Keys cannot be listed']";
    browser.awaitText(warning, "memory: it runs with <i>no_lru_crawler</i>");
    assertTrue(browser.text(warning).contains("are missing until this is mended"));
    assertTrue(browser.has(warning + ".bad"));
    assertEquals("", browser.accessibilityProblems());
    browser.answerNothing();
    browser.press("r");
    browser.await("return document.querySelector(\"" + warning + "\") === null");
  }

  @Test
  void aFeedThatIsWithheldIsOff() {
    browser.open("#/");
    browser.await("return document.querySelector('.glance') !== null");
    browser.answer("/stats/history/", 200, "{\"step_seconds\": 30, \"servers\": []}", "{}");
    browser.answer("/stats/", 200, stats(", \"feed_withheld\": \"" + REASON + "\""), "{}");
    browser.answer("/check/", 200, check("feed_withheld", REASON), "{}");
    browser.press("r");
    String warning = "[data-warning='The feed is off']";
    browser.awaitText(warning, "memory: " + REASON);
    assertTrue(browser.has(warning + ".warn"));
    browser.answer("/check/", 200, check("flush_pending", "a flush was sent"), "{}");
    browser.press("r");
    browser.awaitText("[data-warning='A flush is coming']", "Make a dump before");
    assertFalse(browser.has(warning));
  }

  @ParameterizedTest
  @CsvSource({"true, false, ✓ valid, ▲ incomplete", "false, true, ▲ damaged, ▲ damaged"})
  void aDumpHasItsMarks(boolean isValid, boolean isComplete, String validity, String completeness) {
    browser.open("#/dumps");
    browser.awaitText("[data-state=empty]", "There is no dump yet");
    browser.answer("/dumps/", 200, """
        {"dumps": [{"name": "d.json", "created_at": "2026-01-01T00:00:00Z", "entries": null, "bytes": null,
          "valid": %s, "complete": %s, "current": false}]}
        """.formatted(isValid, isComplete), "{}");
    browser.press("r");
    browser.awaitText("[data-dump='d.json'] .marks", validity);
    assertTrue(browser.text(".marks").contains(completeness), browser.text(".marks"));
    assertFalse(browser.text(".marks").contains("current"));
    assertEquals(
        isComplete ? 0 : 1, browser.number("document.querySelectorAll('.dump-mark.warn').length"));
    assertEquals(
        isValid ? 0 : 1, browser.number("document.querySelectorAll('.dump-mark.bad').length"));
    assertTrue(browser.text("[data-dump] [data-label=entries]").contains("–"), "not 0");
    assertEquals("", browser.accessibilityProblems());
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "restore"})
  void aQueuedJobWaits(String kind) {
    browser.open("#/jobs");
    browser.await("return document.querySelector('[data-job], [data-state=empty]') !== null");
    browser.answer("/jobs/j1/", 200, JOB.formatted(kind), "{}");
    browser.answer("/jobs/", 200, "{\"jobs\": [" + JOB.formatted(kind) + "]}", "{}");
    browser.press("r");
    browser.awaitText("[data-job=j1] .job-state", "queued");
    assertEquals("waits", browser.text("[data-job=j1] .progress .note"));
    browser.click("[data-job=j1] a");
    browser.awaitText(".job .job-state", "queued");
    browser.awaitText(".job .facts", "Done\n0 done\nRate\n–\nTime left\nunknown");
    assertEquals("0", browser.element(".job progress").getAttribute("value"));
    assertTrue(browser.hasButton("Cancel"));
    assertEquals("", browser.accessibilityProblems());
    browser.visit("#/");
    browser.awaitText(".running-jobs", "waits · by ada");
  }

  @Test
  void aHiddenValueIsShownNowhere() {
    try (RunningService own = RunningService.start(
            StoreKind.MEMORY, "development", Map.of("CACHE_HIDE_VALUES", "^session:"));
        ConsoleBrowser other = ConsoleBrowser.start(own.url())) {
      own.client().put("session:1", "\"s3cr3t\"");
      own.client().put("page:1", "\"open\"");
      other.open("#/key?key=session%3A1");
      other.clickButton("Show value");
      other.awaitText("main", "The value is hidden from everybody (CACHE_HIDE_VALUES).");
      assertFalse(other.has(".value, .chain-steps"));
      assertEquals("", other.accessibilityProblems());
      for (String button : new String[] {"Download", "Edit…"}) {
        other.open("#/key?key=session%3A1");
        other.clickButton(button);
        other.awaitText(".notice[data-status='403']", "CACHE_HIDE_VALUES");
        assertFalse(other.has("textarea"), "nothing is edited that is not seen");
      }
      assertEquals(
          false, other.run("return document.documentElement.outerHTML.includes('s3cr3t')"));
      other.visit("#/key?key=page%3A1");
      other.clickButton("Show value");
      other.awaitText(".value", "open");
      other.assertQuiet();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "409, operation-running, Something else came first",
    "413, body-too-large, This is too large"
  })
  void aRefusedStoreLosesNothing(int status, String kind, String title) {
    browser.open("#/key?key=user%3A1");
    browser.clickButton("Edit…");
    browser.await("return document.querySelector('textarea') !== null");
    browser.type("textarea", "mine");
    browser.answer("/key/user", status, problem(status, kind, "Some reason."), "{}");
    browser.clickButton("Store");
    browser.awaitText(".editor .notice[data-status='" + status + "']", title);
    browser.awaitText(".editor .notice", "Some reason.");
    assertEquals("mine", browser.element("textarea").getAttribute("value"));
    assertEquals(status == 409, browser.hasButton("Try again"));
    assertEquals(status == 413, browser.text(".notice").contains("A request may have"));
    assertEquals("", browser.accessibilityProblems());
    browser.answerNothing();
    assertEquals("old", api.get("/key/user:1/").text("value"));
    browser.clickButton(status == 409 ? "Try again" : "Store");
    browser.awaitText("main [role=status]", "Stored.");
    assertEquals("mine", api.get("/key/user:1/").text("value"));
  }

  @ParameterizedTest
  @CsvSource({
    "409, operation-running, Something else came first",
    "413, body-too-large, This is too large"
  })
  void aRefusedDeletionDeletesNothing(int status, String kind, String title) {
    browser.openList("#/keys");
    browser.click(".choice input");
    browser.awaitText(".selected", "2 selected");
    browser.clickButton("Delete…");
    browser.awaitText(".sample", "user:1");
    browser.answer("/keys/delete/", status, problem(status, kind, "Some reason."), "{}");
    browser.type("input[name=confirmation]", "2" + Keys.ENTER);
    browser.awaitText(".notice[data-status='" + status + "']", title);
    assertFalse(browser.has(".account"), "nothing was done");
    browser.awaitText(".sample", "user:2");
    assertEquals(2, api.get("/keys/").number("total_keys"));
    browser.answerNothing();
    assertFalse(browser.has(".box button.danger"), "it is confirmed anew");
    browser.clickButton("Preview again");
    browser.awaitText(".box button.danger", "Delete 2 keys");
    browser.type("input[name=confirmation]", "2" + Keys.ENTER);
    browser.awaitText(".account", "Done\n2");
    browser.await("return document.querySelector('.notice') === null");
    assertEquals(0, api.get("/keys/").number("total_keys"));
  }

  @Test
  void nothingMovesForWhoWantsNoMotion() {
    // Of the page there is little that moves, so that something is made to move.
    String moving = """
        return [...document.querySelectorAll('body, body *')].filter((element) => {
          element.style.transition = 'opacity 3s';
          element.style.animation = 'spin 3s infinite';
          const { transitionDuration, animationName } = getComputedStyle(element);
          return transitionDuration !== '0s' || animationName !== 'none';
        }).length
        """;
    browser.openList("#/keys");
    browser.systemMotion("no-preference");
    assertTrue((long) browser.run(moving) > 20, "the test sees what moves");
    browser.systemMotion("reduce");
    for (String fragment : new String[] {"#/", "#/keys", "#/changes", "#/key?key=user%3A1"}) {
      browser.open(fragment);
      browser.await("return document.querySelector('main section h1') !== null");
      assertEquals(0L, browser.run(moving), fragment);
      assertEquals(0L, browser.run("return document.getAnimations().length"), fragment);
    }
    browser.systemMotion("no-preference");
  }

  /** To look again is not to store. */
  @Test
  void whatIsTriedAgainIsWhatHasFailed() {
    browser.open("#/key?key=user:1");
    browser.awaitText(".facts", "Size");
    browser.clickButton("Edit…");
    browser.await("return document.querySelector('textarea') !== null");
    browser.type("textarea", "mine");
    api.send("POST", "/key/user:1/", "{\"value\": \"theirs\"}").expect(200);
    browser.clickButton("Store");
    browser.awaitText(".editor", "Somebody else has changed this key");
    browser.answer("/key/", 503, problem(503, "too-busy", "Later."), "{\"Retry-After\": \"2\"}");
    browser.clickButton("Show what is stored now");
    browser.awaitText(".editor", "Later.");
    api.delete("/key/user:1/").expect(200);
    browser.answerNothing();
    browser.awaitText(".editor", "Store mine in its place");
    api.get("/key/user:1/").expect(404);
  }

  /** It would be lost when the answer comes. */
  @Test
  void nothingIsTypedWhileAValueIsStored() {
    browser.open("#/key?key=user:1");
    browser.awaitText(".facts", "Size");
    browser.clickButton("Edit…");
    browser.await("return document.querySelector('textarea')?.readOnly === false");
    browser.run("window.fetch = () => new Promise(() => {})");
    browser.clickButton("Store");
    browser.await("return document.querySelector('textarea').readOnly");
  }

  private static void openAutomaticDumps() {
    api.send("POST", "/auto-dump/", "{\"interval_seconds\": 600}").expect(200);
    browser.open("#/dumps");
    browser.awaitText(".auto-dump", "Stop");
  }

  private static void failToPress(String button) {
    browser.answer("/auto-dump/", 503, problem(503, "too-busy", "Later."), "{}");
    browser.clickButton(button);
    browser.awaitText(".auto-dump", "Later.");
  }

  @Test
  void aStopOfAutomaticDumpsIsNotTriedAgainAsAStart() {
    openAutomaticDumps();
    failToPress("Stop");
    browser.answerNothing();
    browser.clickButton("Try again");
    browser.await(
        "return ![...document.querySelectorAll('.auto-dump button')].some((one) => one.innerText === 'Stop')");
    assertFalse(api.get("/auto-dump/").at("running").booleanValue());
  }

  @Test
  void theRestOfNamedKeysIsPreviewedFirst() {
    browser.openList("#/keys");
    browser.click("#row-0 input");
    browser.click("#row-1 input");
    browser.clickButton("Delete…");
    browser.awaitText(".preview", "Keys\n2");
    browser.answer("/keys/delete/", 503, """
        {"status": 503, "type": "urn:cache-app:problem:store-unavailable", "title": "A title", "detail": "It is down.",
         "matched_count": 2, "done_count": 1, "already_gone_count": 0, "refused_count": 0, "left_count": 1, "duration_ms": 1,
         "refused": [], "servers": []}
        """, "{}");
    browser.type("input[name=confirmation]", "2");
    browser.press(Keys.ENTER);
    browser.awaitText(".account", "Left\n1");
    browser.answerNothing();
    browser.clickButton("Finish the rest");
    browser.awaitText(".preview", "Keys\n2");
    api.get("/key/user:1/").expect(200);
    api.get("/key/user:2/").expect(200);
  }

  @Test
  void aFailedChangeOfAutomaticDumpsStartsNone() {
    openAutomaticDumps();
    browser.type("input[name=interval]", "30m");
    failToPress("Change");
    api.delete("/auto-dump/").expect(200);
    browser.answerNothing();
    browser.clickButton("Try again");
    browser.await("return !document.querySelector('.auto-dump').innerText.includes('Later.')");
    assertFalse(api.get("/auto-dump/").at("running").booleanValue());
  }
}
