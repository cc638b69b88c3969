package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Who somebody is, what they prefer, and what is set, in a browser. */
class ConsoleSettingsIT {
  private static RunningService service;
  private static ConsoleBrowser browser;

  @BeforeAll
  static void start() {
    service = RunningService.withTokens(
        StoreKind.ONE_MEMCACHED,
        "development",
        "boss operator",
        "looker viewer",
        "shop operator apps=shop");
    service.awaitReady();
    browser = ConsoleBrowser.start(service.url());
    browser.allowFakeAnswers();
  }

  @AfterAll
  static void close() {
    browser.close();
    service.close();
  }

  @BeforeEach
  void signInAsBoss() {
    service.client().with("boss").send("POST", "/key/shop%3A1/", "{\"value\": \"shown\"}");
    browser.open("");
    browser.run("localStorage.clear()");
    browser.plantToken("boss");
    browser.open("#/settings");
    browser.await("return document.querySelector('.effective tbody tr') !== null");
  }

  private static String setting(String name, int cell) {
    return (String) browser.run(
        "return [...document.querySelectorAll('.effective tr')].find((row) => row.cells[0].textContent === arguments[0])?.cells[arguments[1]].textContent ?? ''",
        name,
        cell);
  }

  @Test
  void whatIsSetStandsFirst() {
    assertEquals("environment", browser.element(".effective tbody tr").getAttribute("data-origin"));
    assertEquals(
        "default", browser.element(".effective tbody tr:last-child").getAttribute("data-origin"));
    assertEquals("development", setting("CACHE_ENVIRONMENT", 1));
    assertEquals("environment", setting("CACHE_ENVIRONMENT", 2));
    assertEquals("default", setting("CACHE_WALK_INTERVAL", 2));
    assertTrue(setting("CACHE_WALK_INTERVAL", 3).startsWith("seconds between two walks"));
    browser.press("/");
    browser.press("walk seconds");
    browser.await("return document.querySelectorAll('.effective tbody tr').length === 1");
    browser.await("return location.hash === '#/settings?find=walk+seconds'");
    browser.type("#find", "no such thing");
    browser.awaitText("[data-state=no-match]", "No setting matches");
    browser.press(Keys.ESCAPE);
    browser.await("return document.querySelectorAll('.effective tbody tr').length > 20");
    browser.answer(
        "/settings/",
        503,
        "{\"status\": 503, \"title\": \"A title\", \"detail\": \"Some reason.\"}",
        "{\"Retry-After\": \"60\"}");
    browser.click("h1");
    browser.run("document.activeElement.blur()");
    browser.press("r");
    browser.awaitText(".notice", "What is shown below is from");
    assertTrue(browser.has(".effective tbody tr"), "old settings stay");
    browser.assertQuiet();
  }

  @Test
  void trackingIsSaidForEachServer() {
    String address = StoreKind.ONE_MEMCACHED.addresses().get(0);
    browser.awaitText("[data-server='" + address + "']", "key");
    String row = browser.text("[data-server='" + address + "']");
    assertTrue(row.contains("walk") || row.contains("feed"), row);
    assertTrue(row.matches("(?s).*keys? in .*ms.*"), row);
    browser.answer("/stats/", 200, """
        {"servers": [], "tracking": {"mode": "mixed", "as_of": "2026-01-01T00:00:00Z", "complete": false, "servers": [
          {"address": "<b>x</b>", "mode": "walk", "keys": 5, "last_walk": null, "feed": {"tells": ["evictions"], "lag_ms": 2},
           "feed_withheld": "stores could crash it", "feed_skipped": 3, "problem": "it lists nothing"}]}}
        """, "{}");
    browser.awaitText(".tracking", "<b>x</b>");
    for (String said : new String[] {
      "it lists nothing",
      "none yet",
      "reports evictions",
      "3 changes skipped",
      "It withholds some: stores could crash it."
    }) {
      browser.awaitText(".tracking", said);
    }
    browser.awaitText("section[aria-labelledby=tracking]", "some servers are not known");
    browser.assertQuiet();
  }

  @Test
  void anotherTokenSignsIn() {
    browser.awaitText(".pairs", "boss");
    assertTrue(browser.text(".pairs").contains("change keys"), browser.text(".pairs"));
    browser.run("sessionStorage.setItem('cache-app-sign-in /api/cache/', 'one')");
    browser.type("input[name=another]", "wrong");
    browser.press(Keys.ENTER);
    browser.awaitText("#another-refused", "Nothing has changed");
    browser.awaitText(".pairs", "boss");
    assertEquals(
        "boss", browser.run("return sessionStorage.getItem('cache-app-token /api/cache/')"));
    assertEquals(
        "one", browser.run("return sessionStorage.getItem('cache-app-sign-in /api/cache/')"));
    assertEquals(
        null,
        browser.run("return localStorage.getItem('cache-app-ended /api/cache/')"),
        "tabs that share the sign-in keep it");
    browser.type("input[name=another]", "looker");
    browser.press(Keys.ENTER);
    browser.awaitText(".pairs", "looker");
    browser.awaitText(".badge", "read-only");
    assertFalse(browser.text(".pairs").contains("read values"), browser.text(".pairs"));
    assertEquals("", browser.text("#another-refused"));
    browser.type("input[name=another]", "shop");
    browser.press(Keys.ENTER);
    browser.awaitText(".pairs", "Apps\nshop");
    browser.awaitText("[data-state=empty]", "limited to some apps");
    browser.visit("#/dumps");
    browser.awaitText(".dumps", "limited to the keys of some apps: dumps cannot be made here");
    assertFalse(browser.hasButton("Make a dump"));
    browser.visit("#/settings");
    browser.clickButton("Sign out");
    browser.awaitText("dialog", "This service needs a token");
    browser.assertQuiet();
  }

  @Test
  void preferencesAreKeptAndHold() {
    browser.click("input[name=theme][value=dark]");
    browser.await("return document.documentElement.dataset.theme === 'dark'");
    assertTrue(browser.has("button[aria-label='Theme: dark']"), "the bar knows");
    browser.click("button[aria-label='Theme: dark']");
    browser.await("return document.querySelector('input[name=theme][value=system]').checked");
    assertFalse(browser.text(".as-of").contains("UTC"), browser.text(".as-of"));
    browser.click("input[name=times][value=utc]");
    browser.awaitText(".as-of", "UTC");
    browser.awaitText(".tracking", "UTC");
    browser.click("input[name=values]");
    browser.open("#/key?key=shop%3A1");
    browser.awaitText(".value", "shown");
    browser.awaitText(".as-of", "UTC");
    browser.open("#/settings");
    browser.await("return document.querySelector('input[name=values]').checked");
    browser.click("input[name=values]");
    browser.click("input[name=times][value=local]");
    browser.await("return !document.querySelector('.as-of').textContent.includes('UTC')");
    browser.open("#/key?key=shop%3A1");
    browser.awaitText(".facts", "Size");
    assertFalse(browser.has(".value"));
    browser.assertQuiet();
  }

  @Test
  void timesAreOfTheBrowserOrUtc() {
    browser.run("""
        window.said = '';
        const at = (path) => import(new URL(path, document.baseURI));
        Promise.all([at('base/formats.js'), at('base/preferences.js')]).then(([{ dayAndTime, clock }, { setUtc }]) => {
          const time = new Date(2026, 0, 2, 3, 4, 5);
          const local = `${dayAndTime(time)}, ${clock(time)}, ${dayAndTime('nonsense')}`;
          setUtc(true);
          window.said = `${local}, ${clock('2026-07-01T23:59:58.9Z')}, ${dayAndTime('2026-07-01T23:59:58Z')}`;
        });
        """);
    browser.await("return window.said !== ''");
    assertEquals(
        "2026-01-02 03:04:05, 03:04:05, – –, 23:59:58 UTC, 2026-07-01 23:59:58 UTC",
        browser.run("return window.said"));
  }
}
