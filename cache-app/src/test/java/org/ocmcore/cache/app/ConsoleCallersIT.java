package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.openqa.selenium.Keys;

/** Several people use one tab after the other, and rights change under an open page. */
class ConsoleCallersIT {
  private static final String ALL = "boss operator";
  private static final String SHOP = "seller operator apps=shop";

  private RunningService service;
  private ConsoleBrowser browser;

  @BeforeEach
  void start() {
    service = RunningService.withTokens(StoreKind.MEMORY, "development", ALL, SHOP);
    ApiClient boss = service.client().with("boss");
    boss.put("secret:1", "\"salary\"");
    boss.put("shop:1", "\"shoes\"");
    browser = ConsoleBrowser.start(service.url());
    browser.open("");
    browser.plantToken("boss");
  }

  @AfterEach
  void close() {
    try {
      browser.assertQuiet();
    } finally {
      browser.close();
      service.close();
    }
  }

  private void showSecret() {
    browser.open("#/key?key=secret%3A1");
    browser.clickButton("Show value");
    browser.awaitText("main", "salary");
  }

  private void assertNothingOfOthers() {
    browser.await("return !document.body.innerText.includes('salary')");
    assertFalse(browser.has("main .danger"), browser.text("main"));
  }

  @Test
  void anotherCallerSeesNothingOfTheOneBefore() {
    showSecret();
    browser.openList("#/keys");
    browser.click("#row-0 input");
    browser.awaitText(".selected", "1 selected");
    browser.visit("#/key?key=secret%3A1");
    browser.click("button[aria-label='Sign out']");
    browser.signIn("seller");
    assertNothingOfOthers();
    browser.visit("#/change?action=delete&selected=true");
    browser.awaitText("main", "No key is selected.");
    browser.visit("#/keys");
    browser.awaitKeys("shop:1");
    assertFalse(browser.has(".selected b"), browser.text("main"));
  }

  @Test
  void aSignOutInAnotherTabLeavesNothingHere() {
    browser.run("sessionStorage.setItem('cache-app-sign-in /api/cache/', 'one')");
    showSecret();
    browser.awaitText(".bar .servers", "1 server up");
    browser.run("localStorage.setItem('cache-app-ended /api/cache/', 'one')");
    browser.awaitText("dialog", "This service needs a token");
    assertNothingOfOthers();
    assertFalse(browser.has(".bar .servers"), browser.text(".bar"));
    assertFalse(browser.has(".bar .badge"), browser.text(".bar"));
  }

  @Test
  void aSignOutInAnotherTabIsHeardWithoutAnAnswerOfTheService() {
    browser.run("sessionStorage.setItem('cache-app-sign-in /api/cache/', 'one')");
    showSecret();
    browser.run("window.fetch = () => new Promise(() => {})");
    browser.openTab();
    browser.open("");
    browser.run("localStorage.setItem('cache-app-ended /api/cache/', 'one')");
    browser.goToTab(0);
    assertNothingOfOthers();
    assertFalse(browser.has(".bar .servers"), browser.text(".bar"));
  }

  /** What it is, only its caller may know. */
  @Test
  void aChangeWithoutAnAnswerIsCountedAtTheSignOut() {
    browser.open("#/key?key=shop%3A1");
    browser.clickButton("New lifetime…");
    HeldAnswers held = new HeldAnswers(browser, "PUT ", "head");
    browser.clickButton("Change");
    held.await();
    browser.click("button[aria-label='Sign out']");
    browser.awaitText("dialog", "1 change had no answer yet when the caller, the rights");
    assertFalse(browser.text("dialog").contains("shop:1"), browser.text("dialog"));
    held.goOn();
    browser.signIn("seller");
    browser.awaitText("main", "shop:1");
  }

  @Test
  void aTokenThatEndsLeavesNothingToTheNext() {
    showSecret();
    service.changeTokens(SHOP);
    browser.signIn("seller");
    assertNothingOfOthers();
  }

  @Test
  void rightsThatEndTakeTheirButtonsAway() {
    browser.open("#/key?key=shop%3A1");
    browser.awaitText("main .danger", "Delete…");
    service.changeTokens("boss viewer");
    browser.await("return document.querySelector('main .danger') === null");
    browser.awaitText("main", "Your role, viewer, is read-only");
    assertEquals("#/key?key=shop%3A1", browser.fragment());
  }

  /** Whatever the browser keeps of the pages before, in the process of another site or not. */
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void aStepBackAfterSigningOutShowsNothing(String host) {
    browser.open("#/settings");
    browser.click("button[aria-label='Sign out']");
    browser.signIn("boss");
    browser.visit("#/key?key=secret%3A1");
    browser.clickButton("Show value");
    browser.awaitText("main", "salary");
    browser.run(
        "location.href = arguments[0]", service.url().replace("127.0.0.1", host) + "/docs/");
    browser.await("return location.pathname === '/docs/' && document.readyState === 'complete'");
    browser.run("location.href = arguments[0]", service.url() + "/console/#/settings");
    browser.click("button[aria-label='Sign out']");
    browser.awaitText("dialog", "This service needs a token");
    browser.run("history.go(-2)");
    browser.await("return location.hash === '#/key?key=secret%3A1'");
    browser.awaitText("dialog", "This service needs a token");
    assertFalse(browser.text("body").contains("salary"), browser.text("body"));
    assertEquals(0L, browser.number("sessionStorage.length"));
    browser.run("location.reload()");
    browser.awaitText("dialog", "This service needs a token");
    assertEquals(0L, browser.number("sessionStorage.length"));
  }

  @Test
  void aTokenThatEndsCoversWhatWasShown() {
    showSecret();
    service.changeTokens(SHOP);
    browser.awaitText("dialog", "This service needs a token");
    assertFalse(browser.has(".bar .servers"), browser.text(".bar"));
    browser.await("return !document.body.innerText.includes('salary')");
  }

  private HeldAnswers tryToken(String token, String part) {
    browser.open("#/settings");
    browser.awaitText(".pairs", "boss");
    HeldAnswers held = new HeldAnswers(browser, "Bearer " + token, part);
    browser.type("input[name=another]", token + Keys.ENTER);
    held.await();
    return held;
  }

  @ParameterizedTest
  @CsvSource({"wrong, head", "seller, head", "wrong, body", "seller, body"})
  void aSignOutHoldsWhateverATrialOfAnotherTokenSays(String token, String part) {
    HeldAnswers held = tryToken(token, part);
    browser.click("button[aria-label='Sign out']");
    browser.awaitText("dialog", "This service needs a token");
    held.goOn();
    browser.awaitText("#refused", "nobody is any more");
    assertEquals(0L, browser.number("sessionStorage.length"));
  }

  @Test
  void aTokenOnTrialIsSentOnceAndForNothingElse() {
    HeldAnswers held = tryToken("wrong", "head");
    for (int i = 0; i < 3; i++) {
      browser.run(
          "window.asked = window.asked.filter((sent) => sent === 'Bearer wrong'); document.dispatchEvent(new Event('visibilitychange'))");
      browser.await("return window.asked.includes('Bearer boss')");
    }
    assertEquals(
        1L, browser.number("window.asked.filter((sent) => sent === 'Bearer wrong').length"));
    held.goOn();
    browser.awaitText("#another-refused", "Nothing has changed");
    assertFalse(browser.has("dialog"), browser.text("body"));
    browser.awaitText(".pairs", "boss");
  }

  @Test
  void whatComesAfterASignOutIsNobodys() {
    browser.open("#/key?key=shop%3A1");
    browser.awaitText(".facts", "Size");
    HeldAnswers held = new HeldAnswers(browser, "/raw", "body");
    browser.clickButton("Edit…");
    held.await();
    browser.click("button[aria-label='Sign out']");
    browser.signIn("seller");
    held.goOn();
    browser.visit("#/keys");
    browser.awaitKeys("shop:1");
    browser.visit("#/key?key=shop%3A1");
    browser.awaitText(".facts", "Size");
    assertFalse(browser.has("textarea"), browser.text("main"));
  }

  @Test
  void theDescriptionOfTheApiForgetsItsTokenWithThePage() {
    browser.openAddress(service.url() + "/docs/");
    browser.await("return document.querySelector('.swagger-ui .info') !== null");
    browser.run("window.old = true");
    browser.run("location.href = '../console/'");
    browser.await("return location.pathname === '/console/'");
    browser.back();
    browser.await(
        "return location.pathname === '/docs/' && window.old === undefined && document.querySelector('.swagger-ui .info') !== null");
  }

  /** A click that opens another tab leads nowhere here. */
  @Test
  void aStepForwardIsNoPressOfALink() {
    browser.open("#/keys");
    browser.awaitKeys("secret:1", "shop:1");
    browser.run(
        "const link = document.createElement('a'); link.id = 'lead'; link.href = '#/change?action=delete&prefix=shop'; document.body.append(link); link.click()");
    browser.awaitText(".change", "shop:1");
    browser.back();
    browser.awaitKeys("secret:1", "shop:1");
    browser.run(
        "document.getElementById('lead').dispatchEvent(new MouseEvent('click', { ctrlKey: true, bubbles: true, cancelable: true }))");
    browser.goToTab(0);
    browser.run("history.forward()");
    browser.await("return document.querySelector('.change .primary')?.innerText === 'Preview'");
  }

  @Test
  void aPreviewIsAskedForAgainByWhoeverComesNext() {
    browser.open("#/keys");
    browser.run(
        "const link = document.createElement('a'); link.href = '#/change?action=delete&prefix=shop'; document.body.append(link); link.click()");
    browser.awaitText(".change", "shop:1");
    service.changeTokens("boss operator apps=shop");
    browser.await("return document.querySelector('.change .primary')?.innerText === 'Preview'");
    assertFalse(browser.text(".change").contains("shop:1"), browser.text(".change"));
    browser.click("button[aria-label='Sign out']");
    browser.signIn("boss");
    browser.await("return document.querySelector('.change .primary')?.innerText === 'Preview'");
  }

  /** What is here may be of somebody else. */
  @Test
  void whoeverSignsInSeesNothingOfACallerWhoWasNeverKnown() {
    browser.beforePages("""
        const ask = window.fetch;
        window.isUnknown = true;
        window.fetch = (url, options) => window.isUnknown && String(url).includes('/service/')
          ? Promise.reject(new TypeError('no connection'))
          : ask(url, options);
        """);
    showSecret();
    service.changeTokens(SHOP);
    long before = browser.requests("/view");
    browser.run("window.isUnknown = false");
    browser.signIn("seller");
    assertNothingOfOthers();
    assertEquals(before, browser.requests("/view"));
  }

  @Test
  void aPreviewThatWasAskedForAfterASignOutIsNobodys() {
    browser.open("#/change?action=refresh&prefix=shop");
    browser.await("return document.querySelector('.change .primary')?.innerText === 'Preview'");
    HeldAnswers held = new HeldAnswers(browser, "undefined", "head");
    browser.click("button[aria-label='Sign out']");
    held.await();
    browser.clickButton("Preview");
    held.goOn();
    browser.signIn("boss");
    long before = browser.requests("pattern/manage");
    browser.visit("#/keys");
    browser.awaitKeys("secret:1", "shop:1");
    assertEquals(before, browser.requests("pattern/manage"));
  }

  @Test
  void aSignOutHoldsThoughTheStorageIsFull() {
    showSecret();
    browser.run("sessionStorage.setItem('cache-app-sign-in /api/cache/', 'one')");
    browser.run(
        "for (let size = 1 << 23; size > 0; size >>= 1) { try { localStorage.setItem('x' + size, 'x'.repeat(size)); } catch { /* It is too much. */ } }");
    browser.click("button[aria-label='Sign out']");
    assertNothingOfOthers();
    assertEquals(0L, browser.number("sessionStorage.length"));
    browser.run("localStorage.clear()");
    assertTrue(browser.printed().contains("could not be noted"));
  }

  @Test
  void aTrialEndsWithTheSignInThatBeganIt() {
    HeldAnswers held = tryToken("seller", "head");
    browser.click("button[aria-label='Sign out']");
    browser.signIn("boss");
    held.goOn();
    for (int i = 0; i < 3; i++) {
      browser.run("window.asked = []; document.dispatchEvent(new Event('visibilitychange'))");
      browser.await("return window.asked.length > 0");
    }
    browser.awaitText(".pairs", "boss");
    assertEquals(
        0L,
        browser.number("Object.values(sessionStorage).filter((one) => one === 'seller').length"));
  }

  /** The next pages of a list, and the lines of a tree. */
  @ParameterizedTest
  @CsvSource({"#/keys, cursor=", "#/tree, /tree"})
  void nothingIsAskedForACallerWhoLeft(String screen, String asked) {
    ApiClient boss = service.client().with("boss");
    for (int i = 0; i < 600; i++) {
      boss.put("shop:" + (1_000 + i), "1");
    }
    browser.open("#/settings");
    browser.awaitText(".pairs", "boss");
    HeldAnswers held = new HeldAnswers(browser, asked, "head");
    browser.visit(screen);
    if (screen.equals("#/keys")) {
      browser.await("return document.querySelector('#row-0') !== null");
      browser.run("document.querySelector('.grid').scrollTop = " + 599 * 32);
    }
    held.await();
    browser.click("button[aria-label='Sign out']");
    held.awaitGivenUp();
    held.goOn();
    browser.signIn("seller");
  }
}
