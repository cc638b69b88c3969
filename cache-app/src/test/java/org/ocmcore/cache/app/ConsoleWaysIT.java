package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** How somebody gets into the views of the console, around in them, and out. */
class ConsoleWaysIT {
  private static RunningService service;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void start() {
    service = RunningService.fresh(StoreKind.MEMORY);
    service.client().put("user:1", "1");
    service.client().put("other", "2");
    browser = ConsoleBrowser.start(service.url());
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  @AfterEach
  void nothingWasReported() {
    browser.assertQuiet();
  }

  @Test
  void aLinkWithoutAKeySaysSo() {
    for (String fragment : new String[] {"#/key", "#/key?key="}) {
      browser.open(fragment);
      browser.awaitText("[data-state=no-key]", "This link names no key.");
    }
    browser.open("#/dumps?name=..%2Fx");
    browser.awaitText(".notice", "x");
    assertFalse(browser.has(".tabs"), browser.text("main"));
  }

  @Test
  void aLinkFromOutsideDoesNotLeadOutAgain() {
    for (String[] way : new String[][] {
      {"#/key?key=user:1", "#/keys"},
      {"#/jobs?id=unknown", "#/jobs"},
      {"#/dumps?name=unknown", "#/dumps"},
      {"#/change?action=delete&prefix=user%3A", "#/keys?prefix=user%3A"}
    }) {
      browser.open(way[0]);
      browser.await("return document.querySelector('main h1') !== null");
      browser.press(Keys.ESCAPE);
      browser.await("return location.hash === '" + way[1] + "'");
    }
    browser.openList("#/keys?sort=size");
    browser.click("#row-0 a");
    browser.awaitText(".facts", "Size");
    browser.press(Keys.ESCAPE);
    browser.await("return location.hash === '#/keys?sort=size'");
  }

  @Test
  void escapeLosesNothingThatWasTyped() {
    browser.open("#/key?key=user:1");
    browser.clickButton("Edit…");
    browser.await("return document.querySelector('textarea') !== null");
    browser.type("textarea", "typed");
    browser.run("document.querySelector('.editor button.primary').focus()");
    browser.press(Keys.ESCAPE);
    assertEquals("typed", browser.run("return document.querySelector('textarea')?.value"));
    assertEquals("#/key?key=user:1", browser.fragment());
    browser.clickButton("Cancel");
    browser.clickButton("New lifetime…");
    browser.run("document.querySelector('form button.primary').focus()");
    browser.press(Keys.ESCAPE);
    browser.await("return document.querySelector('main form') === null");
    assertEquals("#/key?key=user:1", browser.fragment());
    browser.click(".bar summary");
    browser.press(Keys.ESCAPE);
    assertFalse(browser.has(".bar details[open]"));
    assertEquals("#/key?key=user:1", browser.fragment());
  }

  @Test
  void theKeyboardNeverFallsOutOfThePage() {
    browser.openList("#/keys");
    browser.click("#row-0");
    String within = "return document.querySelector('main').contains(document.activeElement)";
    browser.press("g", "j");
    browser.awaitText("h1", "Jobs");
    assertEquals(true, browser.run(within));
    browser.open("#/key?key=user:1");
    browser.clickButton("New lifetime…");
    browser.await("return document.querySelector('form') !== null");
    browser.clickButton("Cancel");
    browser.await("return document.activeElement.innerText === 'New lifetime…'");
    browser.clickButton("Edit…");
    browser.await("return document.activeElement.matches('textarea')");
    browser.clickButton("Cancel");
    browser.await("return document.querySelector('textarea') === null");
    browser.await(within);
  }

  @Test
  void whatWasTypedIsThereAgain() {
    browser.open("#/key?key=user%3A1");
    browser.clickButton("Edit…");
    browser.await("return document.querySelector('textarea') !== null");
    browser.type("textarea", "half a thought");
    browser.visit("#/jobs");
    browser.awaitText("h1", "Jobs");
    browser.visit("#/key?key=other");
    browser.awaitText(".facts", "Size");
    assertFalse(browser.has("textarea"), "that is another key");
    browser.visit("#/key?key=user%3A1");
    browser.await("return document.querySelector('textarea')?.value === 'half a thought'");
    browser.clickButton("Cancel");
    browser.visit("#/jobs");
    browser.awaitText("h1", "Jobs");
    browser.visit("#/key?key=user%3A1");
    browser.awaitText(".facts", "Size");
    assertFalse(browser.has("textarea"));
  }

  @Test
  void ageIsByTheClockOfTheService() {
    browser.openList("#/keys");
    browser.run("const real = Date.now; Date.now = () => real() + 7_200_000");
    browser.press("r");
    browser.visit("#/tree");
    browser.visit("#/keys");
    browser.awaitRows();
    browser.awaitText(".summary", "as of");
    assertFalse(browser.has(".summary .stale"), browser.text(".summary"));
  }

  @Test
  void aPageThatOpensTheConsoleKeepsNoHandle() {
    for (String page : new String[] {"/console/", "/docs/"}) {
      browser.openTab();
      browser.run("""
          const link = document.createElement('a');
          Object.assign(link, { href: arguments[0], target: 'opened', rel: 'opener' });
          document.body.append(link);
          link.click();
          """, service.url() + page);
      browser.goToTab(2);
      browser.await("return location.pathname === arguments[0]", page);
      assertEquals(true, browser.run("return window.opener === null"), page);
      browser.closeTab();
      browser.goToTab(1);
      browser.closeTab();
      browser.goToTab(0);
    }
  }
}
