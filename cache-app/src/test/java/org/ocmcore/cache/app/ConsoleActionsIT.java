package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.openqa.selenium.Keys;

/** What the console does with one key: shows its value, copies, saves, edits and deletes it. */
class ConsoleActionsIT {
  private static final String EXACT =
      "{\"big\":12345678901234567890,\"price\":12.50,\"list\":[1,[]]}";

  @TempDir
  static Path folder;

  private static ConsoleBrowser browser;
  private static ApiClient api;

  @BeforeAll
  static void startBrowser() {
    RunningService service = RunningService.fresh(StoreKind.ONE_MEMCACHED);
    api = service.client();
    browser = ConsoleBrowser.start(service.url());
    browser.saveInto(folder);
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void fill() {
    api.delete("/").expect(200);
    api.put("user:1", "\"hello\\nworld\"", "600");
    api.put("json", EXACT, "600");
  }

  @AfterEach
  void nothingWasReported() {
    browser.assertQuiet();
  }

  private static void show(String fragment) {
    browser.open(fragment);
    browser.awaitText(".facts", "Size");
  }

  private static void edit(String fragment) {
    show(fragment);
    browser.clickButton("Edit…");
    browser.await("return document.querySelector('textarea') !== null");
  }

  private static void store(String path, String body) {
    api.send("POST", path, body).expect(200);
  }

  private static String raw(String key) {
    byte[] bytes = api.get("/key/" + key + "/raw").expect(200).response().body();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void jsonIsATreeThatFolds() {
    show("#/key?key=json");
    browser.clickButton("Show value");
    browser.awaitText(".json-tree", "12345678901234567890");
    assertTrue(browser.text(".json-tree").contains("12.50"), "numbers keep their spelling");
    browser.click(".json-tree summary");
    browser.await("return !document.querySelector('.json-tree').innerText.includes('12.50')");
    browser.clickButton("Text");
    browser.awaitText("pre", "\"price\": 12.50");
  }

  @Test
  void aValueIsShownInEveryForm() {
    show("#/key?key=user%3A1");
    browser.clickButton("Show value");
    browser.awaitText(".chain-steps", "text");
    browser.click("main option[value=hex]");
    browser.awaitText(".value", "68 65 6c 6c 6f");
    assertTrue(browser.fragment().endsWith("decode=hex"), browser.fragment());
    browser.click("main option[value=chain]");
    browser.type(".chain input", "gzip");
    browser.press(Keys.ENTER);
    browser.awaitText(".notice", "gzip");
  }

  @Test
  void theEvidenceOfDecodingIsShown() {
    api.send(
            "POST",
            "/key/z/",
            "{\"value\": {\"base64\": \"eJyrVkpUslKINtRRMNJRMI7VUVBKAvLzSnNyagFXmgbl\"}, \"flags\": 0}")
        .expect(201);
    show("#/key?key=z");
    browser.clickButton("Show value");
    browser.await("return document.querySelector('.chain-steps') !== null");
    assertTrue(browser.text(".chain-steps").startsWith("zlib"), browser.text(".chain-steps"));
  }

  @Test
  void aLongValueIsShownInWindows() {
    api.put("long", "\"" + "a".repeat(65_536) + "b".repeat(1_000) + "\"");
    show("#/key?key=long");
    browser.clickButton("Show value");
    browser.awaitText(".windows", "characters 1 to 65,536 of 66,536");
    browser.clickButton("After");
    browser.awaitText(".windows", "characters 65,537 to 66,536 of 66,536");
    assertTrue(browser.text("pre").startsWith("bbb"));
    assertFalse(browser.element(".windows button:last-child").isEnabled());
    browser.clickButton("Before");
    browser.awaitText(".windows", "characters 1 to");
  }

  @Test
  void whatIsCopiedIsExact() {
    show("#/key?key=user%3A1");
    browser.clickButton("Copy key");
    browser.awaitText("main [role=status]", "Key copied.");
    assertEquals("user:1", browser.copied());
    browser.clickButton("Copy curl");
    browser.awaitText("main [role=status]", "Command copied.");
    assertTrue(
        browser.copied().matches("curl 'http://127.0.0.1:\\d+/api/cache/key/user%3A1/'"),
        browser.copied());
    browser.clickButton("Show value");
    browser.clickButton("Copy value");
    browser.await("return window.copied === 'hello\\nworld'");
  }

  @Test
  void theBytesAreSavedAsAFile() throws IOException {
    byte[] bytes = {0, (byte) 0xff, '<', '\r', '\n', 0x1a};
    api.send("POST", "/key/bytes/", "{\"value\": {\"base64\": \"AP88DQoa\"}}").expect(201);
    show("#/key?key=bytes");
    browser.clickButton("Download");
    Path file = folder.resolve("bytes.bin");
    Await.until(() -> Files.exists(file));
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  @Test
  void anEditedValueKeepsItsLifetimeAndFlags() {
    store("/key/user:1/", "{\"value\": \"old\", \"flags\": 7, \"timeout\": 600}");
    edit("#/key?key=user%3A1");
    assertEquals("old", browser.element("textarea").getAttribute("value"));
    browser.type("textarea", "new <b>text</b>");
    browser.clickButton("Store");
    browser.awaitText("main [role=status]", "Stored.");
    ApiClient.Reply stored = api.get("/key/user:1/").expect(200);
    assertEquals("new <b>text</b>", stored.text("value"));
    assertEquals(7, stored.number("flags"));
    long left = stored.number("ttl_seconds");
    assertTrue(left > 500 && left <= 600, left + " s");
    edit("#/key?key=user%3A1");
    browser.type(".editor input", "4294967296");
    browser.clickButton("Store");
    browser.awaitText("#value-fault", "from 0 to 4294967295");
    browser.type(".editor input", "9");
    browser.click(".editor option[value=new]");
    browser.type("input[list=lifetimes]", "soon");
    browser.clickButton("Store");
    browser.awaitText("#lifetime-fault", "Write it like");
    browser.type("input[list=lifetimes]", "never");
    browser.clickButton("Store");
    browser.awaitText("main [role=status]", "Stored.");
    stored = api.get("/key/user:1/").expect(200);
    assertEquals(9, stored.number("flags"));
    assertTrue(stored.json().get("ttl_seconds").isNull());
  }

  @Test
  void jsonIsEditedWithoutLosingADigit() {
    String before = raw("json");
    edit("#/key?key=json");
    assertEquals(before.strip(), browser.element("textarea").getAttribute("value"));
    browser.clickButton("Store");
    browser.awaitText("main [role=status]", "Stored.");
    assertEquals(before, raw("json"));
    edit("#/key?key=json");
    browser.type("textarea", "{\"a\": ");
    browser.clickButton("Store");
    browser.awaitText("#value-fault", "This is no JSON");
    assertEquals(before, raw("json"));
  }

  @Test
  void bytesAreEditedInBase64() {
    api.send("POST", "/key/bytes/", "{\"value\": {\"base64\": \"/w0K\"}, \"flags\": 3}")
        .expect(201);
    edit("#/key?key=bytes");
    assertEquals("/w0K", browser.element("textarea").getAttribute("value"));
    browser.type("textarea", "/w!");
    browser.clickButton("Store");
    browser.awaitText("#value-fault", "no base64");
    browser.type("textarea", "/w0L");
    browser.clickButton("Store");
    browser.awaitText("main [role=status]", "Stored.");
    assertEquals("/w0L", api.get("/key/bytes/").at("value").stringValue());
  }

  @Test
  void carriageReturnsSurviveAnEdit() {
    store("/key/user:1/", "{\"value\": \"a\\r\\nb\"}");
    edit("#/key?key=user%3A1");
    assertTrue(browser.text(".editor").contains("carriage returns"));
    browser.clickButton("Store");
    browser.awaitText("main [role=status]", "Stored.");
    assertEquals("a\r\nb", api.get("/key/user:1/").text("value"));
  }

  @Test
  void aChangeByAnotherLosesNothing() {
    edit("#/key?key=user%3A1");
    browser.type("textarea", "mine");
    store("/key/user:1/", "{\"value\": \"theirs\"}");
    browser.clickButton("Store");
    browser.awaitText("[data-status='412']", "Nothing was stored");
    assertEquals("mine", browser.element("textarea").getAttribute("value"));
    assertEquals("theirs", api.get("/key/user:1/").text("value"));
    browser.clickButton("Show what is stored now");
    browser.awaitText("[data-stored=now]", "theirs");
    assertEquals("mine", browser.element("textarea").getAttribute("value"));
    browser.clickButton("Store mine in its place");
    browser.awaitText("main [role=status]", "Stored.");
    assertEquals("mine", api.get("/key/user:1/").text("value"));
  }

  @Test
  void aKeyThatIsGoneIsStoredAnewOnlyIfWanted() {
    edit("#/key?key=user%3A1");
    browser.type("textarea", "mine");
    api.delete("/key/user:1/").expect(200);
    browser.clickButton("Store");
    browser.awaitText("[data-status='412']", "Nothing was stored");
    api.get("/key/user:1/").expect(404);
    browser.clickButton("Show what is stored now");
    browser.awaitText("[data-stored=gone]", "The key is gone");
    browser.clickButton("Store mine in its place");
    browser.awaitText("main [role=status]", "Stored.");
    assertEquals("mine", api.get("/key/user:1/").text("value"));
  }

  @Test
  void aNewLifetimeReadsNothing() {
    long hits = StoreKind.ONE_MEMCACHED.servers().get(0).stat("get_hits");
    show("#/key?key=user%3A1");
    browser.clickButton("New lifetime…");
    // Scripts know the first of these words, and have no number for the other.
    for (String none : List.of("5constructor", "9".repeat(400))) {
      browser.type("form input", none + Keys.ENTER);
      browser.awaitText("form #lifetime-fault", "Write it like");
    }
    browser.type("form input", "2h");
    browser.press(Keys.ENTER);
    browser.awaitText("main [role=status]", "It has a new lifetime.");
    browser.awaitText(".facts", "2.0 h");
    assertEquals(hits, StoreKind.ONE_MEMCACHED.servers().get(0).stat("get_hits"));
  }

  @Test
  void deletionIsAskedAndLeadsBack() {
    browser.openList("#/keys");
    browser.click("#row-1 a");
    browser.awaitText(".facts", "Size");
    browser.press(Keys.DELETE);
    browser.awaitText("dialog", "Delete this key?");
    assertTrue(browser.text("dialog").contains("user:1"), browser.text("dialog"));
    browser.press(Keys.ENTER);
    browser.await("return document.querySelector('dialog') === null");
    api.get("/key/user:1/").expect(200);
    browser.press(Keys.DELETE);
    browser.awaitText("dialog", "Delete this key?");
    browser.clickButton("Delete");
    browser.awaitRows();
    browser.awaitKeys("json");
    api.get("/key/user:1/").expect(404);
  }

  @Test
  void aKeyOfDotsIsNoStepOfAPath() {
    api.send("POST", "/key/?key_base64=Li4=", "{\"value\": \"dots\"}").expect(201);
    show("#/key?key=..");
    assertEquals("..", browser.text("h1"));
    browser.clickButton("Show value");
    browser.awaitText(".value", "dots");
    browser.clickButton("Delete…");
    browser.awaitText("dialog", "Delete this key?");
    browser.clickButton("Delete");
    browser.await("return document.querySelector('dialog') === null");
    assertEquals(2, api.get("/keys/").number("total_keys"));
  }

  @Test
  void valuesAreShownAtOnceIfSomebodyWantsSo() {
    show("#/key?key=user%3A1");
    browser.run("localStorage.setItem('cache-app-show-values', 'true')");
    browser.open("#/key?key=user%3A1");
    browser.awaitText(".value", "hello");
    browser.run("localStorage.clear()");
  }

  @Test
  void theAddressSaysInWhichFormAValueIsShown() {
    show("#/key?key=json&decode=hex");
    browser.clickButton("Show value");
    browser.awaitText(".chain-steps", "hex");
    browser.visit("#/key?key=json");
    browser.awaitText(".chain-steps", "json");
    browser.visit("#/key?key=json&decode=pickle");
    browser.awaitText(".notice", "What is shown below is from");
    assertTrue(browser.has(".value"));
  }

  @Test
  void jsonOfOthersThatBreaksIsNoticed() {
    api.put("other", "{\"base64\": \"eyJhIjogMX0=\"}", "600");
    edit("#/key?key=other");
    assertFalse(browser.has("[data-state=no-json]"));
    browser.type("textarea", "{\"a\": 1}}");
    browser.awaitText("[data-state=no-json]", "It was JSON before");
    browser.clickButton("Cancel");
  }
}
