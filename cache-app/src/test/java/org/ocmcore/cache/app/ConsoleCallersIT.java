package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;

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
    browser.run("sessionStorage.setItem('cache-app-token', 'boss')");
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
}
