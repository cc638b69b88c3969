package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.memcached.MemcachedServer;
import org.openqa.selenium.Keys;

/** What the console offers to whom. */
class ConsoleRolesIT {
  @Test
  void aTokenSignsIn() {
    try (RunningService limited = RunningService.withTokens(
            StoreKind.MEMORY, "production", "looker viewer", "shop reader apps=shop");
        ConsoleBrowser browser = ConsoleBrowser.start(limited.url())) {
      browser.open("#/keys");
      browser.awaitText("dialog", "This service needs a token");
      browser.press("wrong", Keys.ENTER);
      browser.awaitText("#refused", "token");
      // Each would count as a failed attempt, and too many lock the address out.
      assertEquals(false, browser.run("return window.waits.includes(5000)"), "asks no more");
      browser
          .element("dialog input[name=token]")
          .sendKeys(Keys.chord(Keys.CONTROL, "a"), "looker", Keys.ENTER);
      browser.awaitText("[data-state=empty]", "The cache is empty");
      assertFalse(browser.has("dialog"));
      assertEquals("production · read-only", browser.text(".badge"));
      browser.open("#/key?key=k");
      browser.awaitText(".notice", "k");
      browser.click("button[aria-label='Sign out']");
      browser.signIn("shop");
      browser.awaitText(".badge", "production · read-only");
      browser.assertQuiet();
    }
  }

  @Test
  void productionHasNothingThatChanges() throws IOException {
    try (MemcachedServer server = MemcachedServer.start()) {
      assertEquals("STORED", server.command("set k 0 0 1\r\n1").strip());
      try (RunningService own = RunningService.start(
              StoreKind.MEMORY, "production", Map.of("MEMCACHED_SERVERS", server.address()));
          ConsoleBrowser browser = ConsoleBrowser.start(own.url())) {
        browser.openList("#/keys");
        browser.click("#row-0 input");
        browser.awaitText(".selected", "Production is read-only");
        browser.press(Keys.DELETE);
        assertNothingChanges(browser);
        browser.click("#row-0 a");
        browser.awaitText(".acts", "Production is read-only");
        browser.press(Keys.DELETE);
        // What a person has chosen for development is not for here.
        browser.run("localStorage.setItem('cache-app-show-values', 'true')");
        browser.open("#/key?key=k");
        browser.awaitText(".facts", "not since it was stored");
        browser.clickButton("Show value");
        browser.awaitText(".value", "1");
        assertNothingChanges(browser);
        for (String change : new String[] {"action=delete", "action=refresh&timeout=60"}) {
          browser.open("#/change?prefix=k&" + change);
          browser.awaitText(".change", "Production is read-only");
          assertNothingChanges(browser);
          assertFalse(browser.has("form"), browser.text("main"));
        }
        browser.open("#/jobs");
        browser.awaitText(".jobs", "No job runs");
        assertNothingChanges(browser);
        browser.open("#/dumps");
        browser.awaitText("[data-state=empty]", "There is no dump yet");
        browser.awaitText(".auto-dump .facts", "off");
        browser.awaitText(".dumps", "Production is read-only");
        assertNothingChanges(browser);
        copyDump(own);
        browser.open("#/dumps");
        browser.await("return document.querySelector('[data-dump]') !== null");
        browser.click("[data-dump] a");
        browser.awaitText(".dump .facts", "Entries");
        browser.awaitText(".dump", "Production is read-only");
        assertNothingChanges(browser);
        assertFalse(browser.hasButton("Download"), "a dump holds every value");
        browser.visit(browser.fragment() + "&view=restore");
        browser.awaitText(".dump", "Production is read-only");
        browser.press(Keys.DELETE);
        assertNothingChanges(browser);
        browser.open("#/settings");
        browser.awaitText(".settings", "Off in production");
        assertFalse(browser.element("input[name=values]").isEnabled());
        browser.assertQuiet();
      }
    }
  }

  /** Puts a dump of another service where this one has its own. */
  private static void copyDump(RunningService target) throws IOException {
    RunningService service = RunningService.fresh(StoreKind.MEMORY);
    service.client().put("user:1", "1");
    service.client().send("POST", "/", null).expect(200);
    Files.createDirectories(target.dumpFile().getParent());
    Files.copy(service.dumpFile(), target.dumpFile());
  }

  private static void assertNothingChanges(ConsoleBrowser browser) {
    assertFalse(browser.has("dialog, button.danger, textarea"), browser.text("main"));
    for (String absent : new String[] {
      "Delete…", "New lifetime…", "Edit…", "Cancel", "Make a dump", "Start", "Dry run"
    }) {
      assertFalse(browser.hasButton(absent), absent);
    }
  }

  @Test
  void aViewerSeesNoValues() {
    try (RunningService limited = RunningService.withTokens(
            StoreKind.MEMORY, "development", "looker viewer", "writer operator");
        ConsoleBrowser browser = ConsoleBrowser.start(limited.url())) {
      limited.client().with("writer").put("k", "\"secret\"");
      browser.open("#/key?key=k");
      browser.signIn("looker");
      browser.awaitText("main", "does not include values");
      assertFalse(browser.text("main").contains("Show value"), "no such button");
      assertEquals("development · read-only", browser.text(".badge"));
    }
  }

  @Test
  void aChangeWithoutAFilterConcernsTheAppsOfTheCaller() {
    try (RunningService limited = RunningService.withTokens(
            StoreKind.MEMORY, "development", "boss operator", "sam operator apps=shop");
        ConsoleBrowser browser = ConsoleBrowser.start(limited.url())) {
      ApiClient boss = limited.client().with("boss");
      boss.put("shop:1", "1");
      boss.put("blog:1", "1");
      browser.open("#/keys");
      browser.signIn("sam");
      boss.send("POST", "/", null).expect(200);
      browser.open("#/jobs");
      browser.awaitText("[data-state=empty]", "No job of yours runs, and none has ended.");
      browser.openPreview("#/change?action=delete");
      browser.awaitText(
          ".warning", "There is no filter: this concerns every key of your apps, shop.");
      assertEquals("This concerns every key of your apps, shop.", browser.text(".filter-words"));
      browser.type("input[name=confirmation]", "1");
      browser.press(Keys.ENTER);
      browser.awaitText(".job", "of the apps shop");
      browser.awaitText(".account", "Done\n1");
      assertEquals(List.of("blog:1"), boss.get("/keys/").texts("keys"));
    }
  }

  @Test
  void aTokenIsNeverCopied() {
    try (RunningService limited = RunningService.withTokens(
            StoreKind.MEMORY, "development", "boss operator", "looker reader");
        ConsoleBrowser own = ConsoleBrowser.start(limited.url())) {
      limited.client().with("boss").put("it's", "1");
      own.open("#/key?key=it's");
      own.signIn("looker");
      own.awaitText(".facts", "Size");
      own.clickButton("Copy curl");
      own.awaitText("main [role=status]", "Command copied.");
      assertTrue(
          own.copied()
              .startsWith("curl -H \"Authorization: Bearer $CACHE_TOKEN\" 'http://127.0.0.1:"),
          own.copied());
      assertFalse(own.copied().contains("looker"), own.copied());
      assertTrue(own.copied().endsWith("/key/it%27s/'"), own.copied());
      // This role reads only.
      own.awaitText(".acts", "Your role, reader, is read-only");
      own.clickButton("Show value");
      own.await("return document.querySelector('.value') !== null");
      for (String absent : new String[] {"Delete…", "New lifetime…", "Edit…"}) {
        assertFalse(own.hasButton(absent), absent);
      }
      own.press(Keys.DELETE);
      assertFalse(own.has("dialog"));
      own.assertQuiet();
    }
  }
}
