package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** What is said of an act that was not begun, and of a job of which nobody knows any more. */
class ConsoleEndsOfActsIT extends FakedConsoleFixture {
  private static final String NO_JOB =
      "{\"type\": \"urn:cache-app:problem:job-not-found\", \"title\": \"Job not found\", \"status\": 404, \"detail\": \"Job not found\"}";

  @BeforeEach
  void fill() {
    IntStream.range(0, 30).forEach(i -> api.put("user:" + i, "\"x\"", "600"));
    browser.open("");
  }

  /** Presses a button in the moment in which the page has come up. */
  private static void pressEarly(String button) {
    browser.run("""
        window.dispatchEvent(new Event('focus'));
        [...document.querySelectorAll('button')].find((each) => each.textContent === arguments[0]).click();
        """, button);
    browser.awaitText("main", "Press again");
  }

  /** The service has ended since, or has begun anew. */
  @Test
  void aJobThatIsForgottenDoesNotRun() {
    browser.openPreview("#/change?action=delete&prefix=user%3A&rate=1");
    browser.awaitText(".preview", "Keys\n30");
    browser.type("input[name=confirmation]", "30");
    browser.clickButton("Delete 30 keys");
    browser.awaitText(".job .job-state", "running");
    String id =
        (String) browser.run("return new URLSearchParams(location.hash.split('?')[1]).get('job')");
    browser.answer("/jobs/", 404, NO_JOB, "{}");
    browser.awaitText("[data-state=no-job]", "No job has the id " + id + " any more.");
    browser.awaitText("[data-state=no-job]", "It was running, with ");
    browser.awaitText("[data-state=no-job]", "Prepare it anew");
    assertFalse(browser.has(".job, .notice.bad"), browser.text("main"));
    browser.answerNothing();
    api.delete("/jobs/" + id + "/").expect(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefix=user%3A1", "selected=true"})
  void anEarlyPressLeavesTheConfirmation(String keys) {
    if (keys.startsWith("selected")) {
      browser.openList("#/keys?prefix=user%3A1");
      browser.click("#row-0 input");
      browser.press(Keys.chord(Keys.CONTROL, "a"));
      browser.awaitText("main", "11 selected");
      browser.visit("#/change?action=delete&" + keys);
    } else {
      browser.openPreview("#/change?action=delete&" + keys);
    }
    browser.awaitText(".preview", "Keys\n11");
    browser.type("input[name=confirmation]", "11");
    pressEarly("Delete 11 keys");
    assertEquals(30, api.get("/keys/").number("total_keys"));
    browser.clickButton("Delete 11 keys");
    Await.until(() -> api.get("/keys/?fresh=true").number("total_keys") == 19);
  }

  @Test
  void anEarlyPressLeavesTheConfirmationOfARestore() {
    api.send("POST", "/", null).expect(200);
    String dump = api.get("/dumps/").json().get("dumps").get(0).get("name").asString();
    api.delete("/").expect(200);
    browser.open("#/dumps?name=" + dump + "&view=restore");
    browser.clickButton("Dry run");
    browser.awaitText("main", "Type the number of entries, 30");
    browser.type("input[name=confirmation]", "30");
    pressEarly("Restore 30 entries");
    browser.clickButton("Restore 30 entries");
    Await.until(() -> api.get("/keys/?fresh=true").number("total_keys") == 30);
  }

  /** A press that was none is no reason to forget one without an answer. */
  @Test
  void anEarlyPressDoesNotHideWhatNobodyKnows() {
    browser.visit("#/key?key=user%3A1");
    browser.clickButton("Delete…");
    browser.awaitText("dialog .named", "user:1");
    FailingRequests.begin(browser, "DELETE ", true);
    browser.clickButton("Delete");
    browser.awaitText("dialog .notice", "Nobody knows whether it was done");
    FailingRequests.end(browser);
    browser.run("""
        window.dispatchEvent(new Event('focus'));
        document.querySelector('dialog .danger').click();
        """);
    browser.run("return new Promise((done) => setTimeout(done, 100))");
    browser.awaitText("dialog .notice", "Nobody knows whether it was done");
    browser.clickButton("Keep it");
  }

  /** It has not counted all that would be restored. */
  @Test
  void aDryRunThatWasCancelledIsNoPreview() {
    api.send("POST", "/", null).expect(200);
    String dump = api.get("/dumps/").json().get("dumps").get(0).get("name").asString();
    browser.open("#/dumps?name=" + dump + "&view=restore&mode=replace");
    browser.answer("/jobs/", 200, trial("running"), "{}");
    browser.clickButton("Dry run");
    browser.awaitText(".job .job-state", "running");
    browser.await(
        "return [...document.querySelectorAll('button')].find((one) => one.textContent === 'Dry run').disabled");
    browser.answer("/jobs/", 200, trial("cancelled"), "{}");
    browser.awaitText(".job .job-state", "cancelled");
    assertFalse(browser.has("input[name=confirmation]"), browser.text("main"));
    browser.answerNothing();
    browser.clickButton("Dry run");
    browser.awaitText("main", "Type the number of entries, 30");
  }

  private static String trial(String state) {
    return """
        {"id": "i", "kind": "restore", "about": "dry run", "started_by": "m", "state": "%s",
         "cancel_requested": false, "created_at": "2026-01-02T03:04:05Z", "started_at": "2026-01-02T03:04:05Z",
         "finished_at": null, "request": null, "error": null,
         "progress": {"done": 10, "expected": 30, "bytes": 0, "per_second": 1, "throttled_seconds": 0, "eta_seconds": null},
         "result": {"dry_run": true, "restored": 10, "left": 20, "skipped": {"exists": 0, "expired": 0, "filtered": 0, "warm": 0, "damaged": 0}, "refused": [], "problems": [], "damages": [], "servers": []}}
        """.formatted(state);
  }

  @Test
  void aComparisonIsNotBegunTwice() {
    api.send("POST", "/", null).expect(200);
    String dump = api.get("/dumps/").json().get("dumps").get(0).get("name").asString();
    browser.open("#/dumps?name=" + dump + "&view=diff");
    String running = trial("running")
        .replace("\"restore\"", "\"diff\"")
        .replaceFirst("\"result\": .*", "\"result\": null}");
    browser.answer("/jobs/", 200, running, "{}");
    browser.clickButton("Compare with the cache now");
    browser.awaitText(".job .job-state", "running");
    browser.await(
        "return [...document.querySelectorAll('button')].find((one) => one.textContent === 'Compare again').disabled");
    browser.answer("/jobs/", 404, NO_JOB, "{}");
    browser.awaitText("[data-state=no-job]", "any more");
    browser.answerNothing();
    browser.clickButton("Compare again");
    browser.awaitText(".job .job-state", "done");
  }

  /** The service was started anew, as production. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "#/change?action=delete&prefix=user%3A&job=gone",
        "#/change?action=refresh&prefix=user%3A&timeout=60&job=gone",
        "#/dumps?name=cache_dump.json&view=restore&job=gone"
      })
  void aJobIsToldWhereNothingMayBeChangedAnyMore(String fragment) {
    api.send("POST", "/", null).expect(200);
    answerAsProduction("[]");
    browser.visit(fragment);
    browser.awaitText("main", "Production is read-only");
    browser.awaitText("[data-state=no-job]", "No job has the id gone.");
    assertFalse(browser.has("[data-state=no-job] a, main .danger"), browser.text("main"));
    assertFalse(browser.hasButton("Restore more"), browser.text("main"));
    browser.answerNothing();
  }

  /** Nobody would know of it: its place on the page is gone, and it may be for other eyes. */
  @Test
  void aChangeWithoutAnAnswerIsCountedWhenTheServiceIsAnother() {
    browser.visit("#/key?key=user%3A1");
    browser.clickButton("New lifetime…");
    HeldAnswers held = new HeldAnswers(browser, "PUT ", "head");
    browser.clickButton("Change");
    held.await();
    answerAsProduction("[]");
    browser.awaitText(".untold [data-outcome=left]", "1 change had no answer yet");
    held.goOn();
    browser.clickButton("Dismiss");
    browser.await("return document.querySelector('.untold [data-outcome]') === null");
    browser.answerNothing();
  }
}
