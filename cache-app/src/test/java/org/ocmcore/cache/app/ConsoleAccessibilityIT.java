package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

/** The console for everybody: axe-core finds nothing, in either theme, and phones suffice. */
class ConsoleAccessibilityIT {
  private static final int NARROWEST = 320;

  private static RunningService filled() {
    RunningService service = RunningService.fresh(StoreKind.ONE_MEMCACHED);
    ApiClient api = service.client();
    for (int i = 0; i < 60; i++) {
      api.put(
          "user:" + i * 37 % 100 + ":profile",
          "\"" + "x".repeat(i * i * 7) + "\"",
          i % 3 == 0 ? "null" : "" + i * 400 + 60);
    }
    api.put("abc\u202etxt.exe", "{\"name\": \"Ada\"}");
    return service;
  }

  private static void check(ConsoleBrowser browser, String picture) {
    browser.picture(picture);
    long width = browser.number("innerWidth");
    // On the narrowest phone axe-core would look at the same as on the next one.
    if (width > NARROWEST) {
      assertEquals("", browser.accessibilityProblems(), picture);
    }
    assertTrue(
        browser.number("document.documentElement.scrollWidth") <= width,
        picture + " is wider than " + width);
    assertEquals(
        0,
        browser.number(
            "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('main'))"),
        picture + " has to be scrolled sideways");
  }

  private static void checkAll(ConsoleBrowser browser, String name) {
    browser.openList("#/keys");
    check(browser, "keys-" + name);
    browser.click("#row-1");
    browser.click(".bar summary");
    check(browser, "servers-" + name);
    browser.open("#/keys?prefix=user%3A&min_size=100&sort=size");
    browser.awaitRows();
    browser.click("button.add");
    check(browser, "filters-" + name);
    browser.open("#/keys?prefix=nothing");
    browser.awaitText(".empty", "No key matches");
    check(browser, "no-match-" + name);
    browser.open("#/keys?pattern=user%3A(&match=regex");
    browser.awaitText(".notice", "position");
    check(browser, "bad-pattern-" + name);
    browser.open("#/key?key=abc%E2%80%AEtxt.exe");
    browser.awaitText(".facts", "Size");
    browser.click("main button.primary");
    browser.awaitText(".value", "Ada");
    check(browser, "key-" + name);
    browser.clickButton("New lifetime…");
    browser.clickButton("Edit…");
    browser.await("return document.querySelector('textarea') !== null");
    browser.type(".editor input", "none");
    browser.clickButton("Store");
    browser.awaitText("#value-fault", "Flags");
    check(browser, "key-edit-" + name);
    browser.clickButton("Delete…");
    browser.awaitText("dialog", "Delete this key?");
    check(browser, "key-delete-" + name);
    browser.clickButton("Keep it");
    browser.openList("#/keys");
    browser.click("#row-0 input");
    browser.click("#row-2 input");
    browser.awaitText(".selected", "2 selected");
    browser.click(".export summary");
    check(browser, "selection-" + name);
    browser.click(".export summary");
    browser.clickButton("Delete…");
    browser.await("return document.querySelector('.preview') !== null");
    check(browser, "change-named-" + name);
    browser.open("#/change?action=delete&prefix=user%3A");
    browser.await("return document.querySelector('.change .primary') !== null");
    check(browser, "change-link-" + name);
    browser.openPreview("#/change?action=refresh&prefix=user%3A&timeout=3600");
    browser.await("return document.querySelector('.preview') !== null");
    check(browser, "change-" + name);
    browser.type("input[placeholder='no limit']", "2");
    browser.type("input[name=confirmation]", browser.text(".preview dd"));
    browser.press(Keys.ENTER);
    browser.awaitText(".job", "Time left");
    check(browser, "job-" + name);
    browser.open("#/jobs");
    browser.awaitText("table.list", "running");
    check(browser, "jobs-" + name);
    browser.click("table.list a");
    browser.awaitText(".job", "Time left");
    browser.clickButton("Cancel");
    browser.awaitText(".account", "Left");
    check(browser, "account-" + name);
    browser.open("#/jobs?id=" + "unknown".repeat(10));
    browser.awaitText("[data-state=no-job]", "No job has the id");
    check(browser, "job-unknown-" + name);
    browser.open("#/");
    browser.await("return document.querySelector('.metric.items .sparkline path') !== null");
    browser.awaitText(".warnings", "No dump for a day");
    browser.click(".figures summary");
    browser.awaitText(".figures table", "Hit ratio");
    check(browser, "overview-" + name);
    browser.open("#/tree?sort=name");
    browser.await("return document.querySelectorAll('.data .folder').length > 0");
    browser.click(".data .folder");
    browser.await("return document.querySelector(\"[aria-level='2'] .folder\") !== null");
    check(browser, "tree-" + name);
    browser.open("#/analysis");
    browser.await("return document.querySelectorAll('.bars').length === 5");
    browser.click(".figures summary");
    browser.awaitText(".figures table", "Expire");
    check(browser, "analysis-" + name);
    browser.open("#/changes");
    browser.await("return document.querySelector('.summary .live') !== null");
    browser.awaitText(".limits", "Not every change is reported");
    check(browser, "changes-" + name);
    browser.open("#/keys");
    browser.click("button[aria-label='Keyboard and help']");
    browser.awaitText("dialog", "Keyboard");
    check(browser, "help-" + name);
    browser.assertQuiet();
  }

  private static void checkDumps(ConsoleBrowser browser, RunningService service, String name) {
    browser.open("#/dumps");
    browser.awaitText("[data-state=empty]", "There is no dump yet");
    browser.awaitText(".auto-dump .facts", "off");
    check(browser, "dumps-empty-" + name);
    browser.clickButton("Make a dump");
    browser.awaitText(".job .job-state", "done");
    browser.await("return document.querySelector('[data-dump]') !== null");
    browser.type("input[name=interval]", "often");
    check(browser, "dumps-" + name);
    service.client().delete("/key/user%3A0%3Aprofile/").expect(200);
    service.client().put("fresh", "1");
    browser.click("[data-dump] a");
    browser.awaitText(".dump .facts", "Entries");
    String dump = browser.fragment();
    check(browser, "dump-" + name);
    browser.visit(dump + "&view=keys");
    browser.await("return document.querySelector('.dump-keys') !== null");
    check(browser, "dump-keys-" + name);
    browser.visit(dump + "&view=diff");
    browser.clickButton("Compare with the cache now");
    browser.awaitText(".job .facts", "Only live\n1");
    check(browser, "dump-compare-" + name);
    browser.visit(dump + "&view=restore&mode=replace&ttl=3600");
    browser.clickButton("Dry run");
    browser.awaitText("main", "Type the number of entries");
    check(browser, "dump-restore-" + name);
    browser.clickButton("Delete…");
    browser.awaitText("dialog", "Delete this dump?");
    check(browser, "dump-delete-" + name);
  }

  private static void checkSettings(ConsoleBrowser browser, String name) {
    browser.open("#/settings");
    browser.await("return document.querySelector('.effective') !== null");
    browser.awaitText(".tracking", "walk");
    check(browser, "settings-" + name);
    browser.open("#/settings?find=nothing%20like%20it");
    browser.awaitText("[data-state=no-match]", "No setting matches");
    check(browser, "settings-no-match-" + name);
    browser.assertQuiet();
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void axeFindsNothingInDumpsAndSettings(String theme) {
    RunningService service = filled();
    try (ConsoleBrowser browser = ConsoleBrowser.start(service.url())) {
      browser.systemTheme(theme);
      checkDumps(browser, service, theme);
      checkSettings(browser, theme);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {360, NARROWEST})
  void aPhoneSufficesForDumpsAndSettings(int width) {
    RunningService service = filled();
    try (ConsoleBrowser browser = ConsoleBrowser.start(service.url())) {
      browser.size(width, 740);
      checkDumps(browser, service, "phone-" + width);
      checkSettings(browser, "phone-" + width);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void axeFindsNothing(String theme) {
    try (ConsoleBrowser browser = ConsoleBrowser.start(filled().url())) {
      browser.systemTheme(theme);
      checkAll(browser, theme);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {360, NARROWEST})
  void aPhoneSuffices(int width) {
    try (ConsoleBrowser browser = ConsoleBrowser.start(filled().url())) {
      browser.size(width, 740);
      checkAll(browser, "phone-" + width);
    }
  }

  @Test
  void theThemeIsChosenByHandToo() {
    try (ConsoleBrowser browser = ConsoleBrowser.start(filled().url())) {
      browser.systemTheme("light");
      browser.openList("#/keys");
      String background = "return getComputedStyle(document.body).backgroundColor";
      Object light = browser.run(background);
      browser.click("button[aria-label='Theme: system']");
      assertEquals(light, browser.run(background));
      browser.click("button[aria-label='Theme: light']");
      browser.await("return document.documentElement.dataset.theme === 'dark'");
      Object dark = browser.run(background);
      assertTrue(!dark.equals(light), "dark by hand");
      browser.openList("#/keys");
      assertEquals(dark, browser.run(background), "it is remembered");
      browser.click("button[aria-label='Theme: dark']");
      assertEquals(light, browser.run(background));
      browser.openTab();
      browser.openList("#/keys");
      browser.click("button[aria-label='Theme: system']");
      browser.click("button[aria-label='Theme: light']");
      browser.goToTab(0);
      assertEquals(dark, browser.run(background), "tabs have the same");
    }
  }

  @Test
  void theQuestionsOfProductionAreForEverybody() {
    try (RunningService production =
            RunningService.start(StoreKind.MEMORY, "production", RunningService.MANY_DUMPS);
        ConsoleBrowser browser = ConsoleBrowser.start(production.url())) {
      Await.until(() -> production.client().get("/dumps/").at("dumps").size() > 0);
      JsonNode dump = production.client().get("/dumps/").at("dumps").get(0);
      for (String theme : List.of("light", "dark")) {
        browser.systemTheme(theme);
        browser.open("#/dumps?name=" + dump.get("name").stringValue() + "&view=diff");
        browser.clickButton("Compare with the cache now");
        browser.awaitText("dialog[open]", "Read every key in production?");
        check(browser, "production-compare-" + theme);
      }
    }
  }

  @Test
  void signingInIsForEverybody() {
    try (RunningService limited =
            RunningService.withTokens(StoreKind.MEMORY, "production", "looker viewer");
        ConsoleBrowser browser = ConsoleBrowser.start(limited.url())) {
      for (String theme : List.of("light", "dark")) {
        browser.systemTheme(theme);
        browser.open("#/keys");
        browser.awaitText("dialog", "This service needs a token");
        check(browser, "sign-in-" + theme);
      }
    }
  }
}
