package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.openqa.selenium.Keys;

/** The list of keys in a browser, and one key. */
class ConsoleKeysIT {
  private static ConsoleBrowser browser;
  private static RunningService service;
  private static ApiClient api;

  @BeforeAll
  static void startBrowser() {
    service = RunningService.fresh(StoreKind.ONE_MEMCACHED);
    api = service.client();
    browser = ConsoleBrowser.start(service.url());
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void fill() {
    api.delete("/").expect(200);
    api.put("user:1", "\"a\"", "60");
    api.put("user:2", "\"" + "b".repeat(3_000) + "\"", "null");
    api.put("user:30", "\"ccc\"", "7200");
    api.put("cart:1", "\"" + "d".repeat(500) + "\"", "600");
  }

  @AfterEach
  void nothingWasReported() {
    browser.assertQuiet();
  }

  @Test
  void everyKeyIsListedWithItsDetails() {
    browser.openList("#/keys");
    assertEquals(List.of("cart:1", "user:1", "user:2", "user:30"), browser.shownKeys());
    assertEquals("5", browser.element(".grid").getAttribute("aria-rowcount"));
    String row = browser.text("#row-2");
    assertTrue(row.contains("2.9 KiB") || row.contains("3.0 KiB"), row);
    assertTrue(row.contains("never"), row);
    assertTrue(row.contains(StoreKind.ONE_MEMCACHED.addresses().get(0)), row);
    assertTrue(browser.text("#row-3").contains("2.0 h"), browser.text("#row-3"));
    assertEquals("4 keys", browser.text(".summary b"));
    assertTrue(browser.text(".bar").contains("1 server up"), browser.text(".bar"));
    assertTrue(browser.text(".bar").contains("development"), browser.text(".bar"));
  }

  @Test
  void enterGoesToTheListEachTime() {
    browser.openList("#/keys");
    for (int i = 0; i < 2; i++) {
      browser.run("document.activeElement.blur()");
      browser.press("/");
      browser.await("return document.activeElement.id === 'search'");
      browser.press(Keys.ENTER);
      browser.await("return document.activeElement.classList.contains('grid')");
    }
  }

  /** What is shown for the one is the text of the other. */
  @Test
  void aCopiedKeyIsThatKey() {
    String text = "YTpceGZmXHhmZVx4ODA=";
    String bytes = "YTr//oA=";
    for (String base64 : new String[] {text, bytes}) {
      api.send("POST", "/key/?key_base64=" + base64, "{\"value\": 1}").expect(201);
    }
    browser.open("#/key?key_base64=" + text);
    browser.clickButton("Copy key");
    browser.awaitText("main [role=status]", "Key copied.");
    assertEquals("a:\\xff\\xfe\\x80", browser.copied());
    browser.visit("#/key?key_base64=" + bytes);
    browser.clickButton("Copy key");
    browser.awaitText("main [role=status]", "It is no text: its readable form is copied.");
  }

  @Test
  void whatReordersTextIsShownAsItsNumberInNoticesToo() {
    browser.open("#/key?key=shop%3A%E2%80%AEgnp.live");
    browser.awaitText(".notice", "shop:U+202Egnp.live");
    browser.open("#/keys?server=%E2%80%AE1.2.3.4");
    browser.awaitText(".notice", "U+202E1.2.3.4");
  }

  @Test
  void everyColumnOfTheApiSorts() {
    browser.openList("#/keys");
    // The middle of the head of the column, which is beside its title.
    browser.click(".grid-head .size");
    browser.await("return location.hash === '#/keys?sort=size'");
    browser.await("return document.querySelector('#row-0').innerText.includes('user:2')");
    assertEquals(
        "descending", browser.element("[role=columnheader].size").getAttribute("aria-sort"));
    browser.click(".grid-head .size button");
    browser.await("return document.querySelector('#row-3').innerText.includes('user:2')");
    assertEquals(
        "ascending", browser.element("[role=columnheader].size").getAttribute("aria-sort"));
    browser.click(".grid-head .ttl button");
    browser.awaitKeys("user:1", "cart:1", "user:30", "user:2");
    browser.click(".grid-head .idle button");
    browser.await("return location.hash === '#/keys?sort=idle'");
    browser.click(".grid-head .server button");
    browser.await("return location.hash === '#/keys?sort=server'");
    browser.await(
        "return document.querySelector('[role=columnheader].server').ariaSort === 'ascending'");
    browser.click(".grid-head .key button");
    browser.await("return document.querySelector('#row-0').innerText.includes('cart:1')");
    browser.click(".grid-head .key button");
    browser.await("return document.querySelector('#row-0').innerText.includes('user:30')");
    browser.back();
    browser.await("return document.querySelector('#row-0').innerText.includes('cart:1')");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/", "*star*", "\"quoted\"", "/a*/", "\"", "plain:"})
  void whatTheSearchShowsMeansTheSameWhenItIsEntered(String prefix) {
    String fragment = "#/keys?prefix=" + URLEncoder.encode(prefix, StandardCharsets.UTF_8);
    browser.open(fragment);
    browser.awaitText(".search .kind", "prefix");
    for (int i = 0; i < 2; i++) {
      browser.run("document.querySelector('#search').focus()");
      // An edit that is undone, and then none at all.
      if (i == 0) {
        browser.press(Keys.END, "x");
        browser.await("return location.hash !== arguments[0]", fragment);
        browser.press(Keys.END, Keys.BACK_SPACE);
      }
      browser.press(Keys.ENTER);
      browser.await(
          "return new URLSearchParams(location.hash.split('?')[1]).get('prefix') === arguments[0]",
          prefix);
      assertEquals("prefix", browser.text(".search .kind"));
      assertFalse(browser.fragment().contains("pattern"), browser.fragment());
    }
  }

  @Test
  void aStepBackFromAListThatIsStillAskedForShowsTheOneBefore() {
    browser.openList("#/keys");
    HeldAnswers held = new HeldAnswers(browser, "sort=ttl", "head");
    browser.click(".grid-head .ttl button");
    held.await();
    browser.back();
    held.awaitGivenUp();
    browser.await("return document.querySelector('.keys').ariaBusy === 'false'");
  }

  @Test
  void aGlobWithoutAStarStaysOne() {
    browser.open("#/keys?pattern=user%3A%3F&match=glob");
    browser.awaitText(".summary", "2 keys");
    assertEquals("glob", browser.text(".search .kind"));
    browser.run("document.querySelector('#search').focus()");
    browser.press(Keys.ENTER);
    browser.await("return document.activeElement.classList.contains('grid')");
    assertEquals("#/keys?pattern=user%3A%3F&match=glob", browser.fragment());
  }

  @Test
  void theSearchIsAPrefixARegexOrAGlob() {
    browser.openList("#/keys");
    browser.search("user:");
    browser.awaitText(".summary b", "3 keys");
    assertEquals("#/keys?prefix=user%3A", browser.fragment());
    assertEquals("prefix", browser.text(".search .kind"));
    browser.search("/^user:\\d$/");
    browser.awaitText(".summary b", "2 keys");
    assertEquals("regex", browser.text(".search .kind"));
    browser.search("*:1");
    browser.awaitText(".summary", "of 4");
    browser.awaitKeys("cart:1", "user:1");
    assertEquals("glob", browser.text(".search .kind"));
    // The address alone leads to the same.
    browser.openList(browser.fragment());
    assertEquals(List.of("cart:1", "user:1"), browser.shownKeys());
    assertEquals("*:1", browser.element("#search").getAttribute("value"));
  }

  @Test
  void filtersAreChips() {
    browser.openList("#/keys");
    browser.click("button.add");
    browser.element(".new-filter select").sendKeys("size ≥");
    browser.element(".new-filter input").sendKeys("many", Keys.ENTER);
    browser.awaitText(".new-filter", "Write it like 10k");
    browser.element(".new-filter input").sendKeys(Keys.chord(Keys.CONTROL, "a"), "2k", Keys.ENTER);
    browser.awaitText(".chip", "2.0 KiB");
    browser.awaitText(".summary b", "1 key");
    assertEquals("#/keys?min_size=2048", browser.fragment());
    assertEquals(List.of("user:2"), browser.shownKeys());
    browser.click(".chip button");
    browser.awaitText(".summary b", "4 keys");
    assertFalse(browser.has(".chip"));
    browser.openList("#/keys?prefix=user%3A&pattern=1&no_ttl=false");
    browser.awaitText(".chip", "prefix user:");
    assertEquals(1, browser.number("document.querySelectorAll('.chip').length"));
  }

  /** What is shown for the one is the text of the other. */
  @Test
  void whatIsDoneToAKeyIsDoneToThatOfTheLink() {
    String one = "/key/" + ApiClient.encoded("b:\\xff") + "/";
    String other = "/key/" + ApiClient.encoded("b:\\x5cxff") + "/";
    api.send("POST", one, "{\"value\": \"one\"}").expect(201);
    api.send("POST", other, "{\"value\": \"other\", \"timeout\": null}").expect(201);
    browser.open("#/key?key=" + ApiClient.encoded("b:\\xff"));
    browser.awaitText("h1", "b:\\x5cxff");
    browser.clickButton("Show value");
    browser.awaitText(".value", "one");
    browser.clickButton("Edit…");
    browser.await("return document.querySelector('textarea')?.value === 'one'");
    browser.type("textarea", "one!");
    browser.clickButton("Store");
    browser.awaitText("main [role=status]", "Stored.");
    assertEquals("one!", api.get(one).text("value"));
    browser.clickButton("New lifetime…");
    browser.type("form input", "2h");
    browser.press(Keys.ENTER);
    browser.awaitText("main [role=status]", "It has a new lifetime.");
    browser.clickButton("Delete…");
    browser.awaitText("dialog", "Delete this key?");
    browser.clickButton("Delete");
    browser.await("return document.querySelector('dialog') === null");
    api.get(one).expect(404);
    assertTrue(api.get(other).at("ttl_seconds").isNull(), "it never expires");
    assertEquals("other", api.get(other).text("value"));
  }

  @Test
  void aLinkGivesNoKeyTheNameOfAnother() {
    browser.open("#/key?key_base64=AP8%3D&shown=user%3A1");
    browser.awaitText("h1", "base64 AP8=");
    browser.awaitText(".notice", "not found");
    assertFalse(browser.text("main").contains("user:1"), browser.text("main"));
  }

  @Test
  void theKeyboardDoesIt() {
    browser.openList("#/keys");
    browser.press("/");
    browser.await("return document.activeElement.id === 'search'");
    browser.press("user:", Keys.ENTER);
    browser.awaitText(".summary b", "3 keys");
    browser.await("return document.activeElement.classList.contains('grid')");
    browser.press(Keys.ARROW_DOWN);
    browser.await(
        "return document.querySelector('.grid').getAttribute('aria-activedescendant') === 'row-1'");
    browser.press(Keys.END);
    browser.await(
        "return document.querySelector('.grid-row.active')?.innerText.includes('user:30')");
    browser.press(Keys.HOME, Keys.ARROW_DOWN, Keys.ENTER);
    browser.awaitText("h1", "user:2");
    assertEquals("#/key?key=user%3A2", browser.fragment());
    browser.press(Keys.ESCAPE);
    browser.awaitRows();
    assertEquals("#/keys?prefix=user%3A", browser.fragment());
    assertTrue(browser.text(".grid-row.active").contains("user:2"), "the row is still marked");
    browser.press("?");
    browser.awaitText("dialog", "Keyboard");
    browser.press(Keys.ESCAPE);
    browser.await("return document.querySelector('dialog') === null");
    browser.press("g", "k");
    browser.await("return location.hash === '#/keys'");
    browser.press("/");
    browser.press("nothing:");
    browser.awaitText(".empty", "No key matches");
    browser.press(Keys.ESCAPE);
    browser.awaitText(".summary b", "4 keys");
  }

  @Test
  void lookingChangesNothing() {
    long hits = hits();
    browser.openList("#/keys");
    browser.open("#/key?key=user%3A30");
    browser.awaitText(".facts", "not since it was stored");
    assertEquals(hits, hits());
    browser.click("button.primary");
    browser.awaitText(".value", "ccc");
    assertEquals(hits + 1, hits());
  }

  private static long hits() {
    return StoreKind.ONE_MEMCACHED.servers().get(0).stat("get_hits");
  }

  @Test
  void aKeyThatIsGoneSaysSo() {
    browser.open("#/key?key=gone");
    browser.awaitText(".notice", "gone");
    assertEquals("404", browser.element(".notice").getAttribute("data-status"));
  }

  @Test
  void thereIsNoSuchScreen() {
    browser.open("#/nothing");
    browser.awaitText("main", "There is no such screen");
  }

  @Test
  void emptyIsNotTheSameAsNoMatch() {
    browser.openList("#/keys?prefix=user%3A");
    browser.search("nobody:");
    browser.awaitText("[data-state=no-match]", "No key matches");
    browser.click("[data-state=no-match] button");
    browser.awaitText(".summary b", "4 keys");
    api.delete("/").expect(200);
    browser.press("r");
    browser.awaitText("[data-state=empty]", "The cache is empty");
  }

  @Test
  void aBadPatternIsMarkedWhereItIsBad() {
    browser.open("#/keys?pattern=user%3A(1%7C%5B&match=regex");
    browser.await("return document.querySelector('.position mark') !== null");
    assertEquals("true", browser.element("#search").getAttribute("aria-invalid"));
    assertFalse(browser.has(".grid"));
    assertFalse(browser.has(".notice button"), "to ask again is of no use");
    browser.search("user:");
    browser.awaitText(".summary b", "3 keys");
    assertFalse(browser.has(".notice"));
  }
}
