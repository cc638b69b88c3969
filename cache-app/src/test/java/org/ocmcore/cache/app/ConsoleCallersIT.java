package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  /** What the service says to one token comes when the test wants it. */
  private void holdTrial(String token) {
    browser.open("#/settings");
    browser.awaitText(".pairs", "boss");
    browser.run("""
        const ask = window.fetch;
        window.asked = [];
        window.fetch = (url, options) => {
          window.asked.push(options.headers.Authorization);
          return options.headers.Authorization === `Bearer ${arguments[0]}`
            ? new Promise((done) => { window.answerTrial = () => done(ask(url, options)); })
            : ask(url, options);
        };
        """, token);
    browser.type("input[name=another]", token + Keys.ENTER);
    browser.await("return window.answerTrial !== undefined");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "seller"})
  void aSignOutHoldsWhateverATrialOfAnotherTokenSays(String token) {
    holdTrial(token);
    browser.click("button[aria-label='Sign out']");
    browser.awaitText("dialog", "This service needs a token");
    browser.run("window.answerTrial()");
    browser.awaitText("#refused", "nobody is any more");
    assertEquals(0L, browser.number("sessionStorage.length"));
  }

  @Test
  void aTokenOnTrialIsSentOnceAndForNothingElse() {
    holdTrial("wrong");
    for (int i = 0; i < 3; i++) {
      browser.run(
          "window.asked = window.asked.filter((sent) => sent === 'Bearer wrong'); document.dispatchEvent(new Event('visibilitychange'))");
      browser.await("return window.asked.includes('Bearer boss')");
    }
    assertEquals(
        1L, browser.number("window.asked.filter((sent) => sent === 'Bearer wrong').length"));
    browser.run("window.answerTrial()");
    browser.awaitText("#another-refused", "Nothing has changed");
    assertFalse(browser.has("dialog"), browser.text("body"));
    browser.awaitText(".pairs", "boss");
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
}
