package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * What is shown is what is done, also if the service or an answer is slow, and others work there.
 */
class ConsoleLateAnswersIT extends FakedConsoleFixture {
  private static final String CONFIRM = "form[aria-label=Confirm] .danger";
  private static final String CURRENT = "cache_dump.json";

  private void dumpOf(String value) {
    api.put("shop:" + value, "1");
    api.send("POST", "/", null).expect(200);
  }

  private int dumps() {
    return api.get("/dumps/").json().get("dumps").size();
  }

  @Test
  void theDumpThatIsDeletedIsTheOneThatWasShown() {
    dumpOf("older");
    browser.open("#/dumps?name=" + CURRENT);
    browser.clickButton("Delete…");
    browser.awaitText("dialog .named", CURRENT);
    dumpOf("newer");
    browser.click("dialog button.danger");
    browser.awaitText("dialog .notice[data-status='412']", "it is another one than before");
    assertEquals(2, dumps());
  }

  @Test
  void theDumpThatIsRestoredIsTheOneThatWasTried() {
    dumpOf("older");
    browser.open("#/dumps?name=" + CURRENT + "&view=restore&mode=replace");
    browser.clickButton("Dry run");
    browser.awaitText(CONFIRM, "Restore 1 entry");
    api.delete("/key/shop:older/").expect(200);
    dumpOf("newer");
    browser.type("input[name=confirmation]", "1");
    browser.click(CONFIRM + ":not([disabled])");
    browser.awaitText("main", "it is another one than before");
    api.get("/key/shop:older/").expect(404);
  }

  @Test
  void theDumpThatIsTriedIsTheOneThatWasShown() {
    dumpOf("older");
    browser.open("#/dumps?name=" + CURRENT + "&view=restore&mode=replace");
    browser.awaitText("section[aria-label=Restore]", "Dry run");
    dumpOf("newer");
    browser.clickButton("Dry run");
    browser.awaitText(".job[data-state=failed]", "it is another one than before");
    assertFalse(browser.has(CONFIRM), browser.text("main"));
    browser.visit("#/dumps?name=" + CURRENT);
    browser.awaitText(".dump .facts", "Entries\n2");
    browser.visit("#/dumps?name=" + CURRENT + "&view=restore&mode=replace");
    browser.clickButton("Dry run");
    browser.awaitText(CONFIRM, "Restore 2 entries");
  }

  @Test
  void noKeyOfAListThatIsRefusedIsDeleted() {
    api.put("shop:a", "1");
    browser.openList("#/keys");
    browser.press(Keys.ARROW_DOWN);
    browser.await("return document.querySelector('.grid[aria-activedescendant]') !== null");
    browser.visit("#/keys?pattern=(");
    browser.awaitText("main .notice[data-status='400']", "pattern");
    browser.press(Keys.DELETE);
    assertFalse(browser.has("dialog"), browser.text("body"));
  }

  @Test
  void aSearchThatIsBeingTypedIsNotTheOneThatWasTried() {
    dumpOf("older");
    browser.open("#/dumps?name=" + CURRENT + "&view=restore&mode=replace");
    browser.clickButton("Dry run");
    browser.awaitText(CONFIRM, "Restore 1 entry");
    browser.run(
        "const later = window.setTimeout; window.setTimeout = (act, millis) => (millis === 250 ? 0 : later(act, millis))");
    browser.type("#search", "x");
    browser.await("return document.querySelector(arguments[0]) === null", CONFIRM);
  }

  @Test
  void aDeletionThatWasSentIsNotKeptByClosingItsQuestion() {
    api.put("shop:a", "1");
    browser.open("#/key?key=shop%3Aa");
    browser.awaitText(".facts", "Size");
    HeldAnswers held = new HeldAnswers(browser, "DELETE ", "head");
    browser.clickButton("Delete…");
    browser.click("dialog button.danger");
    held.await();
    browser.awaitText("dialog [role=status]", "To close this does not stop it");
    assertFalse(browser.hasButton("Keep it"), browser.text("dialog"));
    browser.clickButton("Close");
    held.goOn();
    browser.awaitText(".untold [data-outcome=done]", "Delete shop:a");
    browser.awaitText("main .notice[data-status='404']", "shop:a");
    assertEquals("#/key?key=shop%3Aa", browser.fragment());
    browser.clickButton("Dismiss");
    assertFalse(browser.has(".untold .notice"), browser.text("body"));
  }

  @Test
  void aPreviewThatIsAskedForAgainIsConfirmedWhenItIsThere() {
    api.put("shop:a", "1");
    browser.openList("#/keys");
    browser.click("#row-0 input");
    browser.visit("#/change?action=delete&selected=true");
    browser.awaitText(".preview", "Keys\n1");
    browser.type("input[name=confirmation]", "1");
    browser.await("return document.querySelector('form .danger:not([disabled])') !== null");
    HeldAnswers held = new HeldAnswers(browser, "keys/delete/", "body");
    browser.clickButton("Preview again");
    held.await();
    browser.await("return document.querySelector('form .danger[disabled]') !== null");
    held.goOn();
    browser.await("return document.querySelector('input[name=confirmation]').value === ''");
    browser.type("input[name=confirmation]", "1");
    browser.await("return document.querySelector('form .danger:not([disabled])') !== null");
  }

  @Test
  void aPlanThatMayHaveBegunIsNotBegunAgain() {
    api.put("shop:a", "1");
    browser.openPreview("#/change?action=delete&prefix=shop%3A");
    browser.awaitText(".preview", "Keys\n1");
    browser.type("input[name=confirmation]", "1");
    FailingRequests.begin(browser, "DELETE ", true);
    browser.click("form .danger:not([disabled])");
    browser.awaitText("main .notice", "Nobody knows whether it was done");
    assertFalse(browser.has("form .danger"), browser.text("main"));
    FailingRequests.end(browser);
    browser.click("main .notice button");
    browser.awaitText("main", "No key matches");
  }

  /** As many as before may be others. */
  @Test
  void aNumberThatWasTypedIsForItsOwnPreviewAlone() {
    api.put("shop:a", "1");
    browser.openPreview("#/change?action=delete&prefix=shop%3A");
    browser.awaitText(".preview", "Keys\n1");
    browser.type("input[name=confirmation]", "1");
    api.delete("/key/shop:a/").expect(200);
    api.put("shop:b", "1");
    browser.clickButton("Preview again");
    browser.awaitText(".sample", "shop:b");
    assertTrue(browser.has("form .danger[disabled]"), browser.text("main"));
  }

  /** The bytes whose base64 is {@code null} are another key than one without base64. */
  @Test
  void noDialogOfOneKeyIsForAnother() {
    api.put("shop:a", "1");
    browser.open("#/key?key=shop%3Aa");
    browser.clickButton("Delete…");
    browser.awaitText("dialog .named", "shop:a");
    browser.visit("#/key?key_base64=null&key=shop%3Aa");
    browser.await("return document.querySelector('dialog') === null");
    browser.awaitText("main h1", "base64 null");
  }

  @Test
  void aLinkDoesNotNameTheKeyOfTheBytesThatItHas() {
    api.put("pay:1", "1");
    browser.open("#/key?key=shop%3Aa&key_base64=cGF5OjE%3D");
    browser.clickButton("New lifetime…");
    HeldAnswers held = new HeldAnswers(browser, "PUT ", "head");
    browser.clickButton("Change");
    held.await();
    browser.visit("#/keys");
    held.goOn();
    browser.awaitText(".untold [data-outcome=done]", "New lifetime for pay:1");
    browser.clickButton("Dismiss");
  }

  /** A page of another site may have closed its own window under a double click. */
  @Test
  void aPressThatComesWithThePageDoesNothing() {
    browser.open("#/dumps");
    browser.awaitText("[data-state=empty]", "There is no dump yet");
    browser.run("""
        window.dispatchEvent(new Event('focus'));
        [...document.querySelectorAll('button')].find((each) => each.textContent === 'Make a dump').click();
        """);
    browser.awaitText(".dumps .notice", "Press again");
    assertEquals(0, dumps());
    browser.clickButton("Make a dump");
    browser.await("return document.querySelectorAll('[data-dump]').length === 1");
  }

  /** The service was started anew, with other settings. */
  @Test
  void nothingOfOneEnvironmentIsForAnother() {
    api.put("shop:a", "1");
    browser.openList("#/keys");
    browser.click("#row-0 input");
    browser.visit("#/change?action=delete&selected=true");
    browser.awaitText(".preview", "Keys\n1");
    answerAsProduction("[\"manage\"]");
    browser.awaitText("main", "No key is selected.");
    browser.answerNothing();
  }

  /** The service was started anew, with other servers, and the page has not learned it yet. */
  @Test
  void nothingIsChangedOnOtherServersThanThoseThatWereSeen() {
    api.put("shop:a", "1");
    browser.open("#/");
    browser.awaitText(".bar", "development");
    String target = api.get("/service/").text("target");
    String service = api.get("/service/").json().toString();
    String another = service.replace(target, "another").replace("anonymous", "elsewhere");
    browser.answer("/service/", 200, another, "{}");
    browser.await("return document.querySelector('[title^=elsewhere]') !== null");
    browser.visit("#/key?key=shop%3Aa");
    browser.clickButton("Delete…");
    browser.click("dialog button.danger");
    browser.awaitText("dialog .notice[data-status='412']", "nothing was done");
    api.get("/key/shop:a/").expect(200);
    browser.answerNothing();
  }

  @Test
  void aStoreThatEndsLateKeepsWhatIsTypedForAnotherKey() {
    api.put("shop:a", "1");
    api.put("shop:b", "1");
    browser.open("#/key?key=shop%3Aa");
    browser.clickButton("Edit…");
    browser.awaitText(".editor", "Value");
    HeldAnswers held = new HeldAnswers(browser, "POST ", "head");
    browser.clickButton("Store");
    held.await();
    browser.visit("#/key?key=shop%3Ab");
    browser.clickButton("Edit…");
    browser.type(".editor textarea", "typed");
    held.goOn();
    Await.until(() -> browser.requests("/key/shop%3Aa/") > 0);
    browser.visit("#/keys");
    browser.awaitKeys("shop:a", "shop:b");
    browser.visit("#/key?key=shop%3Ab");
    browser.await("return document.querySelector('.editor textarea')?.value === 'typed'");
    browser.clickButton("Cancel");
  }

  /**
   * Some objects mean bytes where values are JSON, and some numbers are written in several ways.
   */
  @Test
  void jsonIsStoredAsItWasTyped() {
    api.put("shop:a", "{\"a\": 1}");
    for (String typed : List.of("{\"base64\": \"aGVsbG8=\"}", "\"quoted\"", "[-0, 1e400, 1.50]")) {
      browser.open("#/key?key=shop%3Aa");
      browser.clickButton("Edit…");
      browser.awaitText(".editor", "Value, as JSON");
      browser.type(".editor textarea", typed);
      browser.clickButton("Store");
      browser.await("return document.querySelector('.editor') === null");
      byte[] stored = api.get("/key/shop:a/raw").expect(200).response().body();
      assertEquals(typed + " \t\n", new String(stored, StandardCharsets.UTF_8));
    }
  }

  @Test
  void aDownloadThatBreaksOffSaysSoAndIsTriedAgain() {
    dumpOf("older");
    browser.open("#/dumps?name=" + CURRENT);
    browser.awaitText(".dump .facts", "Entries");
    browser.run("""
        window.showSaveFilePicker = undefined;
        const ask = window.fetch;
        window.fetch = (url, options) => String(url).endsWith('/file')
          ? Promise.resolve(new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError('network error')) })))
          : ask(url, options);
        """);
    browser.clickButton("Download");
    browser.awaitText("main .notice", "The file broke off");
    browser.awaitText("main .notice", "Try again");
  }
}
