package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.openqa.selenium.Keys;

/** The tree of names in a browser. */
class ConsoleTreeIT {
  private static ConsoleBrowser browser;
  private static ApiClient api;

  @BeforeAll
  static void start() {
    RunningService service = RunningService.fresh(StoreKind.ONE_MEMCACHED);
    api = service.client();
    browser = ConsoleBrowser.start(service.url());
    browser.allowFakeAnswers();
    for (int i = 1; i <= 3; i++) {
      api.put("user:" + i + ":profile", "\"" + "x".repeat(500) + "\"", "null");
      api.put("user:" + i + ":cart", "\"small\"", "600");
    }
    api.put("user", "\"both a key and a folder\"", "600");
    api.put("plain", "\"p\"", "600");
    api.put("path/a/1", "1", "600");
    api.send("POST", "/key/?key_base64=cGF0aC9iLy4u", "{\"value\": 1}").expect(201);
    api.send("POST", "/key/?key_base64=ev86YQ==", "{\"value\": 1}").expect(201);
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  @AfterEach
  void nothingWasReported() {
    browser.assertQuiet();
  }

  private static void open(String fragment) {
    browser.open(fragment);
    browser.await("return document.querySelector('.tree[aria-busy=false] .data') !== null");
  }

  private static List<?> names() {
    return (List<?>)
        browser.run("return [...document.querySelectorAll('.data .cell.name .key-text')]"
            + ".map((name) => name.textContent)");
  }

  private static void awaitNames(Object... names) {
    try {
      Await.until(() -> names().equals(List.of(names)));
    } catch (AssertionError e) {
      assertEquals(List.of(names), names());
    }
  }

  /** The text of the line with this name, its figures parted by blanks. */
  private static String line(String name) {
    return (String) browser.run(
        "return [...document.querySelectorAll('.data')].find((row) => row.querySelector('.key-text')?.textContent === arguments[0])"
            + "?.innerText.replace(/\\s+/g, ' ') ?? ''",
        name);
  }

  private static void awaitActive(String name) {
    browser.awaitText(".grid-row.active .cell.name", name);
  }

  @Test
  void eachLevelHasExactSums() {
    open("#/tree?sort=name");
    awaitNames("path/a/1", "path/b/..", "plain", "user", "z\\xff");
    assertEquals("11 keys", browser.text(".summary b"));
    assertTrue(browser.text(".summary").contains("5 names on this level"));
    String user = line("user");
    assertTrue(user.matches(".*user also a key 7 [0-9.]+ KiB [0-9.]+ % 3"), user);
    assertTrue(line("plain").matches("plain 1 [0-9]+ B [0-9.]+ % 0"), line("plain"));
    assertEquals("6", browser.element(".grid").getAttribute("aria-rowcount"));
    browser.click(".grid-head .total button");
    browser.await("return location.hash === '#/tree?sort=keys'");
    browser.await("return document.querySelector('.data .key-text')?.textContent === 'user'");
    assertEquals(
        "descending", browser.element("[role=columnheader].total").getAttribute("aria-sort"));
  }

  @Test
  void arrowsOpenCloseAndMove() {
    open("#/tree?sort=name");
    browser.press(Keys.ARROW_DOWN);
    browser.await("return document.activeElement.getAttribute('role') === 'treegrid'");
    browser.press(Keys.END, Keys.ARROW_UP);
    awaitActive("user");
    // It is a key as well, which the keyboard reaches below the tree.
    browser.awaitText(".actions a", "Open the key");
    assertEquals("false", browser.element(".active").getAttribute("aria-expanded"));
    browser.press(Keys.ARROW_RIGHT);
    browser.await("return document.querySelectorAll(\"[aria-level='2'] .key-text\").length === 3");
    assertEquals("true", browser.element(".active").getAttribute("aria-expanded"));
    browser.press(Keys.ARROW_RIGHT);
    awaitActive("1");
    assertEquals("1", browser.element(".active").getAttribute("aria-posinset"));
    assertEquals("3", browser.element(".active").getAttribute("aria-setsize"));
    browser.press(Keys.ENTER);
    browser.await("return document.querySelectorAll(\"[aria-level='3'] .key-text\").length === 2");
    browser.press(Keys.ARROW_RIGHT, Keys.ARROW_DOWN);
    awaitActive("profile");
    assertFalse(browser.has(".active[aria-expanded]"), "a key is no folder");
    browser.press(Keys.ENTER);
    browser.awaitText("h1", "user:1:profile");
    browser.back();
    browser.await("return document.querySelector('.grid-row.active') !== null");
    awaitActive("profile");
    browser.run("document.querySelector('.grid').focus()");
    browser.press(Keys.ARROW_LEFT);
    awaitActive("1");
    browser.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_LEFT);
    browser.await("return document.querySelector(\"[aria-level='2']\") === null");
    awaitActive("user");
    browser.press(Keys.DELETE);
    browser.await("return location.hash === '#/change?action=delete&prefix=user%3A'");
  }

  @Test
  void aFolderLeadsToItsKeys() {
    open("#/tree");
    browser.run("document.querySelector('.grid').focus()");
    awaitActive("user");
    List<?> links = (List<?>)
        browser.run(
            "return [...document.querySelectorAll('.actions a')].map((link) => link.innerText + ' ' + link.hash)");
    assertEquals(
        List.of(
            "Open the key #/key?key=user",
            "List #/keys?prefix=user%3A",
            "Only this #/tree?prefix=user%3A",
            "Never expiring #/keys?prefix=user%3A&no_ttl=true",
            "Analyse #/analysis?prefix=user%3A",
            "New lifetime… #/change?action=refresh&prefix=user%3A",
            "Delete… #/change?action=delete&prefix=user%3A"),
        links);
    browser.click(".actions a[href^='#/keys']");
    browser.awaitText(".summary b", "6 keys");
    browser.back();
    browser.awaitText(".summary b", "11 keys");
    browser.click(".actions a[href^='#/tree']");
    browser.awaitText(".path", "user:");
    browser.awaitText(".summary b", "6 keys");
    browser.click(".path a");
    browser.awaitText(".summary b", "11 keys");
  }

  @Test
  void theDelimiterIsChosen() {
    open("#/tree?sort=name");
    browser.element(".delimiter input").sendKeys(Keys.chord(Keys.CONTROL, "a"), "/");
    browser.await(
        "return new URLSearchParams(location.hash.split('?')[1]).get('delimiter') === '/'");
    browser.await(
        "return document.querySelector('.data button .key-text')?.textContent === 'path'");
    open("#/tree?prefix=path%2F&delimiter=%2F&sort=name");
    awaitNames("a", "b");
    open("#/tree?prefix=path%2Fb%2F&delimiter=%2F");
    awaitNames("..");
    // A path with such a step would be shortened on its way.
    browser.click(".data .cell.name a");
    browser.awaitText(".facts", "Size");
    browser.awaitText("h1", "path/b/..");
  }

  @Test
  void keysThatAreNoTextAreFound() {
    open("#/tree?sort=name");
    browser.run("document.querySelector('.grid').focus()");
    browser.press(Keys.END, Keys.ARROW_RIGHT);
    browser.await("return document.querySelector(\"[aria-level='2'] a\") !== null");
    browser.click("[aria-level='2'] a");
    browser.awaitText(".facts", "Size");
    browser.awaitText("h1", "z\\xff:a");
    browser.back();
    browser.await("return document.querySelector('.data') !== null");
    browser.run("[...document.querySelectorAll(\"[aria-level='1']\")].at(-1).click()");
    awaitActive("z\\xff");
    browser.click(".actions a");
    browser.awaitText(".summary b", "1 key");
  }

  @Test
  void aLargeLevelIsCutAndSaysSo() {
    open("#/tree");
    String child =
        "{\"name\": \"n%d\", \"prefix\": \"n%d:\", \"is_key\": false, \"keys\": 2, \"bytes\": 10, \"never_expire\": 0}";
    StringBuilder children = new StringBuilder(child.formatted(0, 0));
    for (int i = 1; i < 9_000; i++) {
      children.append(',').append(child.formatted(i, i));
    }
    browser.answer("/tree/", 200, """
        {"prefix": "", "delimiter": ":", "children": [%s], "total_children": 12000, "truncated": true,
         "keys": 24000, "bytes": 240000, "never_expire": 0, "as_of": "2026-01-01T00:00:00Z", "complete": true}
        """.formatted(children), "{}");
    browser.press("r");
    browser.awaitText(".summary b", "24,000 keys");
    assertEquals("9002", browser.element(".grid").getAttribute("aria-rowcount"));
    assertTrue(browser.number("document.querySelectorAll('.data').length") < 200);
    browser.awaitText(".stale", "ago");
    browser.run("document.querySelector('.grid').focus()");
    browser.press(Keys.END);
    awaitActive("3,000 more names: show more");
    browser.answerNothing();
    browser.press(Keys.ENTER);
    browser.awaitText(".summary b", "11 keys");
  }

  @Test
  void aRefusalIsSaidAndOldLinesStay() {
    open("#/tree");
    browser.answer("/tree/", 503, """
        {"status": 503, "type": "urn:cache-app:problem:store-unavailable", "title": "No server", "detail": "All are down."}
        """, "{\"Retry-After\": \"2\"}");
    browser.press("r");
    browser.awaitText(".notice", "All are down.");
    assertTrue(browser.text(".notice").contains("What is shown below is from"));
    assertTrue(browser.has(".data"));
    browser.run("document.querySelector('.grid').focus()");
    browser.press(Keys.HOME, Keys.ARROW_RIGHT);
    browser.awaitText("[aria-level='2']", "All are down. Ask again");
    browser.answerNothing();
    browser.await("return document.querySelector('.notice') === null");
    browser.press(Keys.ARROW_DOWN, Keys.ENTER);
    browser.await("return document.querySelectorAll(\"[aria-level='2'] .key-text\").length === 3");
  }

  @Test
  void anEmptyLevelSaysSo() {
    browser.open("#/tree?prefix=nobody");
    browser.awaitText("[data-state=empty]", "There are no keys here.");
  }

  @Test
  void productionOffersNoChange() {
    try (RunningService own =
        RunningService.start(StoreKind.ONE_MEMCACHED, "production", Map.of())) {
      own.awaitReady();
      browser.run("location.href = arguments[0]", own.url() + "/console/#/tree");
      browser.await(
          "return document.querySelector('.badge.production') !== null && document.querySelector('.data') !== null");
      browser.run("document.querySelector('.grid').focus()");
      browser.awaitText(".actions", "Production is read-only");
      assertFalse(browser.text(".actions").contains("Delete"), "absent, not disabled");
      String before = browser.fragment();
      browser.press(Keys.DELETE);
      assertEquals(before, browser.fragment());
    }
  }
}
