package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/**
 * Acts whose answer is lost, late or bad: nothing else is done, and nothing is said that is not so.
 */
class ConsoleUnknownOutcomesIT extends FakedConsoleFixture {
  @BeforeEach
  void store() {
    api.put("shop:a", "\"old\"");
    browser.open("");
  }

  private static void fail(String match, boolean isDone) {
    FailingRequests.begin(browser, match, isDone);
  }

  private static void mend() {
    FailingRequests.end(browser);
  }

  private static void edit(String typed) {
    browser.visit("#/key?key=shop%3Aa");
    browser.clickButton("Edit…");
    browser.awaitText(".editor", "Value");
    browser.type(".editor textarea", typed);
  }

  private void storeTheirs() {
    api.send("POST", "/key/shop:a/", "{\"value\": \"theirs\", \"timeout\": 60}").expect(200);
  }

  private String value() {
    return api.get("/key/shop:a/").text("value");
  }

  /** A button in a form sends it, unless it says that it is another kind of button. */
  @Test
  void lookingAgainStoresNothing() {
    edit("mine");
    storeTheirs();
    browser.clickButton("Store");
    browser.awaitText(".editor", "Somebody else has changed this key");
    fail("/raw", false);
    browser.clickButton("Show what is stored now");
    browser.awaitText(".editor", "The service is gone");
    fail("/key/", true);
    browser.type(".editor input[inputmode=numeric]", "1" + Keys.ENTER);
    browser.click(".editor .notice.bad button");
    browser.awaitText(".editor", "The service is gone");
    assertEquals(0L, FailingRequests.changes(browser));
    fail("POST ", true);
    browser.click(".editor .notice.bad button");
    browser.awaitText(".editor", "Stored now, as of");
    assertEquals(0L, FailingRequests.changes(browser));
    assertEquals("theirs", value());
  }

  /** What came was never shown. */
  @Test
  void whatIsStoredNowIsNothingForAnEditorThatWasCancelled() {
    edit("mine");
    storeTheirs();
    browser.clickButton("Store");
    browser.awaitText(".editor", "Somebody else has changed this key");
    HeldAnswers held = new HeldAnswers(browser, "/raw", "head");
    browser.clickButton("Show what is stored now");
    held.await();
    browser.clickButton("Cancel");
    held.goOn();
    Await.until(() -> browser.requests("/raw") > 1);
    browser.visit("#/keys");
    browser.visit("#/key?key=shop%3Aa");
    browser.awaitText(".facts", "Size");
    assertFalse(browser.has(".editor"), browser.text("main"));
  }

  @Test
  void onesOwnStoreWithoutAnAnswerIsNotSomebodyElses() {
    edit("mine");
    fail("POST ", true);
    browser.clickButton("Store");
    browser.awaitText(".editor .notice", "Nobody knows whether it was done");
    mend();
    browser.click(".editor .notice.bad button");
    browser.awaitText(".editor [data-status='412']", "perhaps by your attempt before");
    browser.clickButton("Cancel");
    assertEquals("mine", value());
  }

  @Test
  void aStoreThatFailsAfterItsEditorWasClosedIsTold() {
    edit("mine");
    HeldAnswers held = new HeldAnswers(browser, "POST ", "head");
    browser.clickButton("Store");
    held.await();
    browser.awaitText(".editor [role=status]", "To close this does not stop it");
    assertFalse(browser.hasButton("Cancel"), browser.text(".editor"));
    browser.clickButton("Close");
    held.fail();
    browser.awaitText(".untold [data-outcome=failed]", "Store the value of shop:a");
    browser.clickButton("Dismiss");
  }

  @Test
  void nobodyGoesOnWithWhatIsBeingStored() {
    edit("mine");
    HeldAnswers held = new HeldAnswers(browser, "POST ", "head");
    browser.clickButton("Store");
    held.await();
    browser.visit("#/keys");
    browser.awaitKeys("shop:a");
    browser.visit("#/key?key=shop%3Aa");
    browser.awaitText(".facts", "Size");
    assertFalse(browser.has(".editor"), browser.text("main"));
    held.fail();
    browser.awaitText(".untold [data-outcome=failed]", "Store the value of shop:a");
    browser.await("return document.querySelector('.editor textarea')?.value === 'mine'");
    browser.clickButton("Dismiss");
    browser.clickButton("Cancel");
  }

  /** The same token may see less by now. */
  @Test
  void nothingIsToldToOtherRights() {
    browser.visit("#/key?key=shop%3Aa");
    browser.clickButton("New lifetime…");
    HeldAnswers held = new HeldAnswers(browser, "PUT ", "head");
    browser.clickButton("Change");
    held.await();
    String other = api.get("/service/")
        .json()
        .toString()
        .replace("\"environment\":\"development\"", "\"environment\":\"production\"");
    browser.answer("/service/", 200, other, "{}");
    browser.await("return document.querySelector('form[aria-label=\"New lifetime\"]') === null");
    held.goOn();
    Await.until(() -> api.get("/key/shop:a/").number("ttl_seconds") > 0);
    browser.answerNothing();
    browser.awaitText(".bar", "development");
    assertFalse(browser.has(".untold .notice"), browser.text("body"));
  }

  @Test
  void aLateStoreKeepsANewerDraft() {
    edit("first");
    HeldAnswers held = new HeldAnswers(browser, "POST ", "head");
    browser.clickButton("Store");
    held.await();
    browser.clickButton("Close");
    browser.clickButton("Edit…");
    browser.awaitText(".editor", "Value");
    browser.type(".editor textarea", "second");
    held.goOn();
    browser.awaitText(".untold [data-outcome=done]", "Store the value of shop:a");
    assertEquals("second", browser.run("return document.querySelector('.editor textarea').value"));
    browser.clickButton("Cancel");
    browser.clickButton("Dismiss");
    assertEquals("first", value());
  }

  @Test
  void aLifetimeThatEndsLateClosesNoOtherQuestion() {
    browser.visit("#/key?key=shop%3Aa");
    browser.clickButton("New lifetime…");
    HeldAnswers held = new HeldAnswers(browser, "PUT ", "head");
    browser.clickButton("Change");
    held.await();
    browser.clickButton("Close");
    browser.clickButton("Delete…");
    held.goOn();
    browser.awaitText("main [role=status], .untold [data-outcome=done]", "New lifetime for shop:a");
    assertTrue(browser.has("dialog .named"), browser.text("body"));
    browser.clickButton("Keep it");
    browser.clickButton("Dismiss");
  }

  /** The list has them until then. */
  @Test
  void aListKnowsWhatWasDeletedAfterItCame() {
    browser.openList("#/keys");
    browser.click("#row-0 input");
    browser.visit("#/change?action=delete&selected=true");
    browser.awaitText(".preview", "Keys\n1");
    browser.type("input[name=confirmation]", "1");
    HeldAnswers held = new HeldAnswers(browser, "keys/delete/", "head");
    browser.click("form .danger:not([disabled])");
    held.await();
    browser.click("a.back");
    browser.awaitKeys("shop:a");
    held.goOn();
    browser.awaitText(".untold [data-outcome=done]", "Delete keys: 1 selected key");
    browser.awaitText(".untold", "1 key deleted");
    browser.awaitText("main [data-state=empty]", "The cache is empty.");
    browser.clickButton("Dismiss");
  }

  @Test
  void aFailedCancelIsTriedAgainOnItsOwnJobAlone() {
    String job = """
        {"id": "%1$s", "kind": "refresh", "about": "keys %1$s", "state": "running", "started_by": "ada", "cancel_requested": false,
         "created_at": "2026-01-01T00:00:00Z", "started_at": "2026-01-01T00:00:00Z", "finished_at": null, "result": null, "error": null, "request": null,
         "progress": {"done": 1, "expected": 2, "per_second": 1, "eta_seconds": 1, "throttled_seconds": 0, "bytes": 9}}
        """;
    browser.answer("/jobs/x1/", 200, job.formatted("x1"), "{}");
    browser.answer("/jobs/x2/", 200, job.formatted("x2"), "{}");
    String change = "#/change?action=refresh&timeout=60&job=";
    browser.visit(change + "x1");
    browser.awaitText(".job", "keys x1");
    browser.visit(change + "x2");
    browser.awaitText(".job", "keys x2");
    fail("DELETE ", false);
    browser.clickButton("Cancel");
    browser.awaitText(".job .notice", "The service is gone");
    browser.back();
    browser.awaitText(".job", "keys x1");
    assertFalse(browser.has(".job .notice"), browser.text("main"));
    browser.answerNothing();
  }

  @Test
  void aStopThatWasDoneIsNotOfferedAgain() {
    api.send("POST", "/auto-dump/", "{\"interval_seconds\": 3600}").expect(200);
    browser.visit("#/dumps");
    browser.awaitText(".auto-dump .facts", "State\non");
    fail("DELETE ", true);
    browser.clickButton("Stop");
    browser.awaitText(".auto-dump .facts", "State\noff");
    mend();
    browser.await("return document.querySelector('.auto-dump .notice') === null");
    browser.clickButton("Start");
    browser.awaitText(".auto-dump .facts", "State\non");
    assertFalse(browser.has(".auto-dump .notice"), browser.text("main"));
    api.delete("/auto-dump/").expect(200);
  }

  @Test
  void anIntervalThatFailedIsNotTriedAgainWhenAnotherIsTyped() {
    browser.visit("#/dumps");
    browser.awaitText(".auto-dump .facts", "State\noff");
    fail("POST ", false);
    browser.clickButton("Start");
    browser.awaitText(".auto-dump .notice", "Nobody knows whether it was done");
    browser.type("input[name=interval]", "7h");
    assertFalse(browser.has(".auto-dump .notice"), browser.text("main"));
  }

  @Test
  void aPreviewWithoutAnAnswerHasChangedNothing() {
    browser.visit("#/change?action=delete&prefix=shop%3A");
    fail("DELETE ", true);
    browser.clickButton("Preview");
    browser.awaitText("main .notice", "The service is gone");
    assertFalse(browser.text("main").contains("Nobody knows"), browser.text("main"));
    browser.awaitText("main .notice", "Try again");
    assertFalse(browser.has(".countdown"), browser.text("main"));
    assertEquals("old", value());
  }

  @Test
  void aDumpThatWasMadeWithoutAnAnswerIsListed() {
    browser.visit("#/dumps");
    browser.awaitText("[data-state=empty]", "There is no dump yet");
    fail("POST ", true);
    browser.clickButton("Make a dump");
    browser.awaitText(".dumps .notice", "Nobody knows whether it was done");
    browser.await("return document.querySelectorAll('[data-dump]').length === 1");
  }

  @Test
  void aRestoreWithoutAnAnswerIsTriedBeforeItIsDoneAgain() {
    api.send("POST", "/", null).expect(200);
    browser.visit("#/dumps?name=cache_dump.json&view=restore&mode=replace");
    browser.clickButton("Dry run");
    browser.awaitText("form[aria-label=Confirm]", "Restore 1 entry");
    browser.type("input[name=confirmation]", "1");
    fail("POST ", true);
    browser.click("form .danger:not([disabled])");
    browser.awaitText("main .notice", "Nobody knows whether it was done");
    mend();
    Await.until(() -> value().equals("old"));
    storeTheirs();
    browser.click("main .notice button");
    browser.awaitText("form[aria-label=Confirm]", "Restore 1 entry");
    assertEquals("theirs", value());
  }

  /** The keyboard was on the button beside the number that was typed. */
  @ParameterizedTest
  @CsvSource({
    "dumps?name=cache_dump.json&view=restore&mode=replace, Dry run, Dry run",
    "change?action=delete&prefix=shop%3A, Preview, Preview again"
  })
  void aFurtherEnterDoesNotHideWhatNobodyKnows(String screen, String first, String again) {
    api.send("POST", "/", null).expect(200);
    browser.visit("#/" + screen);
    browser.clickButton(first);
    browser.awaitText("form[aria-label=Confirm]", "1 ");
    fail("async=true", false);
    browser.type("input[name=confirmation]", "1" + Keys.ENTER);
    browser.awaitText("main .notice", "Nobody knows whether it was done");
    mend();
    browser.press(Keys.ENTER);
    browser.press(Keys.SPACE);
    browser.await("return [...document.querySelectorAll('button')].some((one) => one.disabled"
        + " && one.textContent === '" + again + "')");
    browser.awaitText("main .notice", "Nobody knows whether it was done");
    browser.click("main .notice button");
    browser.awaitText("form[aria-label=Confirm]", "1 ");
  }

  @Test
  void anotherChoiceDoesNotHideARestoreThatWasBegun() {
    api.send("POST", "/", null).expect(200);
    browser.visit("#/dumps?name=cache_dump.json&view=restore&mode=replace");
    browser.clickButton("Dry run");
    browser.awaitText("form[aria-label=Confirm]", "Restore 1 entry");
    browser.type("input[name=confirmation]", "1");
    HeldAnswers held = new HeldAnswers(browser, "POST ", "head");
    browser.click("form .danger:not([disabled])");
    held.await();
    browser.visit("#/dumps?name=cache_dump.json&view=restore");
    held.goOn();
    browser.awaitText(".untold [data-outcome=done]", "Restore from dump cache_dump.json");
    assertEquals("#/dumps?name=cache_dump.json&view=restore", browser.fragment());
    browser.clickButton("Dismiss");
  }
}
