package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.openqa.selenium.Keys;

/** Deleting many keys, or giving them a new lifetime: preview, confirmation, job and account. */
class ConsoleChangeIT {
  @TempDir
  static Path folder;

  private static ConsoleBrowser browser;
  private static ApiClient api;

  @BeforeAll
  static void startBrowser() {
    RunningService service = RunningService.fresh(StoreKind.ONE_MEMCACHED);
    api = service.client();
    browser = ConsoleBrowser.start(service.url());
    browser.allowFakeAnswers();
    browser.saveInto(folder);
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void fill() {
    api.delete("/").expect(200);
    IntStream.range(0, 30).forEach(i -> api.put("user:" + i, "\"x\"", "600"));
    api.put("cart:1", "\"y\"", "600");
  }

  @AfterEach
  void nothingWasReported() {
    browser.assertQuiet();
  }

  private static void preview(String fragment) {
    browser.openPreview(fragment);
    browser.await("return document.querySelector('.preview') !== null");
  }

  private static void confirm(String keys) {
    browser.type("input[name=confirmation]", keys);
    browser.press(Keys.ENTER);
  }

  private static void awaitJob(String state) {
    browser.await("return document.querySelector('.job')?.dataset.state === '" + state + "'");
  }

  private static long keys() {
    return api.get("/keys/").number("total_keys");
  }

  @ParameterizedTest
  @ValueSource(strings = {"action=constructor", "action=delete&prefx=user%3A", "action=delete&x"})
  void aLinkThatSaysMoreIsNotGuessed(String query) {
    browser.open("#/change?" + query);
    browser.awaitText("[data-state=misspelt]", "This link cannot be read");
    assertFalse(browser.has("input"), browser.text("main"));
  }

  @Test
  void theRateOfALinkIsKeptAndAForeignJobIsNotShown() {
    browser.openPreview("#/change?action=delete&prefix=user%3A&rate=4000");
    browser.await(
        "return document.querySelector('input[placeholder=\"no limit\"]')?.value === '4000'");
    String dump = api.send("POST", "/?async=true", null).expect(202).text("id");
    browser.open("#/change?action=delete&prefix=user%3A&job=" + dump);
    browser.awaitText("[data-state=other-job]", "of another kind, dump");
    String deletion = api.send("DELETE", "/pattern/manage/?async=true", "{\"prefix\": \"absent\"}")
        .expect(202)
        .text("id");
    browser.visit("#/dumps?job=" + deletion);
    browser.awaitText("[data-state=other-job]", "of another kind, delete");
    Await.until(() -> api.get("/jobs/" + dump + "/").text("state").equals("done"));
    String name = api.get("/dumps/").json().path("dumps").get(0).path("name").asString();
    for (String view : new String[] {"diff", "restore"}) {
      browser.visit("#/dumps?name=" + name + "&view=" + view + "&job=" + deletion);
      browser.awaitText("[data-state=other-job]", "of another kind, delete");
    }
  }

  @Test
  void aLinkShowsEveryConditionThatHoldsAndNoOther() {
    browser.open(
        "#/change?action=refresh&timeout=60&jitter=0.004&prefix=user%3A&pattern=1&no_ttl=false&never_fetched=false");
    browser.awaitText(".filter-words", "regular expression /1/");
    assertTrue(browser.text(".filter-words").contains("prefix user:"), browser.text("main"));
    assertFalse(browser.text(".filter-words").contains("never"), browser.text("main"));
    assertEquals("0.4", browser.element("input[size='4']").getDomProperty("value"));
  }

  @Test
  void aJobThatALinkNamesSaysItselfWhatItIsAbout() {
    String job = api.send("DELETE", "/pattern/manage/?async=true", "{\"prefix\": \"absent\"}")
        .expect(202)
        .text("id");
    browser.open("#/change?action=delete&prefix=user%3A&job=" + job);
    browser.awaitText(".job", "prefix 'absent'");
    assertFalse(browser.text("main").contains("user:"), browser.text("main"));
  }

  @Test
  void aPreviewChangesNothingAndSaysWhat() {
    preview("#/change?action=delete&prefix=user%3A");
    String shown = browser.text(".preview");
    assertTrue(shown.startsWith("Keys\n30\nSize\n"), shown);
    assertTrue(shown.contains("As of"), shown);
    assertTrue(browser.text(".filter-words").contains("user:"));
    assertTrue(browser.text(".columns").contains("user\t30"), browser.text(".columns"));
    assertTrue(
        browser.text(".columns").contains(StoreKind.ONE_MEMCACHED.addresses().get(0)));
    assertTrue(browser.text(".sample").startsWith("user:0\nuser:1\nuser:10"));
    assertFalse(browser.has(".warning"));
    assertEquals(31, keys());
    browser.openPreview("#/change?action=delete");
    browser.awaitText(".warning", "every key of every server");
    browser.openPreview("#/change?action=delete&prefix=nothing");
    browser.awaitText("main", "there is nothing to do");
    assertFalse(browser.has("input[name=confirmation]"));
  }

  @Test
  void onlyTheRightNumberDeletes() {
    preview("#/change?action=delete&prefix=user%3A");
    confirm("31");
    confirm("");
    assertFalse(browser.element(".box button.danger").isEnabled());
    assertEquals(31, keys());
    confirm("30");
    awaitJob("done");
    assertTrue(browser.text(".account").contains("Done\n30"), browser.text(".account"));
    assertTrue(browser.fragment().matches("#/change\\?action=delete&prefix=user%3A&job=\\w+"));
    assertEquals(1, keys());
    // The address alone leads to the account again.
    browser.open(browser.fragment());
    awaitJob("done");
  }

  @Test
  void everyFilterOfTheListIsKept() {
    String list =
        "#/keys?pattern=user%3A1*&match=glob&app=user&min_size=1&max_size=1000000&ttl_below=700&ttl_above=5&server="
            + StoreKind.ONE_MEMCACHED.addresses().get(0).replace(":", "%3A");
    browser.openList(list);
    browser.awaitText(".summary b", "11 keys");
    browser.run("document.querySelector('.grid').focus()");
    browser.press(Keys.chord(Keys.CONTROL, "a"));
    browser.awaitText(".selected", "11 selected");
    preview(list.replace("#/keys?", "#/change?action=delete&"));
    assertTrue(browser.text(".preview").startsWith("Keys\n11\n"), browser.text(".preview"));
    assertTrue(browser.text(".filter-words").contains("glob user:1*"));
    preview("#/change?action=delete&no_ttl=true");
    assertTrue(browser.text(".preview").startsWith("Keys\n0\n"), browser.text(".preview"));
    preview("#/change?action=delete&prefix=user%3A&never_fetched=true");
    assertTrue(browser.text(".preview").startsWith("Keys\n30\n"), browser.text(".preview"));
    assertTrue(browser.text(".filter-words").contains("never fetched"));
    api.get("/key/user:7/").expect(200);
    preview("#/change?action=delete&never_fetched=true&prefix=user%3A");
    assertTrue(browser.text(".preview").startsWith("Keys\n29\n"), browser.text(".preview"));
  }

  @Test
  void keysGetANewLifetime() {
    browser.open("#/change?action=refresh&prefix=user%3A");
    browser.await("return document.querySelector('input[list=lifetimes]') !== null");
    assertFalse(browser.has(".preview"), "the lifetime comes first");
    browser.type("input[list=lifetimes]", "2h");
    browser.clickButton("Preview");
    browser.await("return document.querySelector('.preview') !== null");
    assertTrue(browser.fragment().endsWith("&timeout=7200"), browser.fragment());
    confirm("30");
    awaitJob("done");
    long left = api.get("/key/user:7/").number("ttl_seconds");
    assertTrue(left > 7_000 && left <= 7_200, left + " s");
    assertTrue(api.get("/key/cart:1/").number("ttl_seconds") <= 600);
  }

  @Test
  void aCancelledJobCanBeFinished() {
    preview("#/change?action=delete&prefix=user%3A");
    browser.type(".box input", "2");
    confirm("30");
    awaitJob("running");
    browser.awaitText(".job", "of 30 done");
    assertTrue(browser.text(".job").contains("a second"), browser.text(".job"));
    assertTrue(browser.text(".job").contains("Time left"), browser.text(".job"));
    assertEquals("30", browser.element(".job progress").getAttribute("max"));
    browser.clickButton("Cancel");
    awaitJob("cancelled");
    browser.awaitText(".account", "Left");
    long left = keys() - 1;
    assertTrue(left > 0, "it was cancelled in time");
    assertTrue(browser.text(".account").contains("Left\n" + left), browser.text(".account"));
    browser.clickButton("Finish the rest");
    browser.awaitText(".preview", "Keys\n" + left);
    confirm(Long.toString(left));
    awaitJob("done");
    assertEquals(1, keys());
  }

  @Test
  void moreKeysThanPreviewedAreNotTouched() {
    preview("#/change?action=delete&prefix=user%3A");
    IntStream.range(30, 40).forEach(i -> api.put("user:" + i, "\"x\""));
    confirm("30");
    browser.awaitText(".notice", "more than a tenth more");
    assertEquals(41, keys());
  }

  @Test
  void aRateThatIsNoneIsSaid() {
    preview("#/change?action=delete&prefix=user%3A");
    browser.type(".box input", "fast");
    browser.awaitText(".box .failure", "whole number");
    confirm("30");
    assertFalse(browser.element(".box button.danger").isEnabled());
    assertEquals(31, keys());
  }

  @Test
  void aBadPatternIsSaid() {
    browser.openPreview("#/change?action=delete&pattern=user(&match=regex");
    browser.await("return document.querySelector('.position mark') !== null");
    browser.openPreview("#/change?action=delete&pattern=user%3A*");
    browser.awaitText(".notice", "match");
    assertEquals(31, keys());
  }

  @Test
  void refusalsAreSavedAndTheRestIsFinished() throws IOException {
    preview("#/change?action=delete&prefix=user%3A");
    browser.answer("/jobs/", 200, """
        {"id": "j1", "kind": "delete", "about": "keys", "started_by": "me", "state": "failed", "cancel_requested": false,
         "created_at": "2026-01-01T00:00:00Z", "started_at": "2026-01-01T00:00:00Z", "finished_at": "2026-01-01T00:00:05Z",
         "progress": {"done": 20, "expected": 30, "bytes": 0, "per_second": 0, "throttled_seconds": 0, "eta_seconds": null},
         "request": {"prefix": "user:", "rate": 5000},
         "error": {"title": "In part", "status": 503, "detail": "10.0.0.1 <b>fell</b>"},
         "result": {"message": "m", "matched_count": 30, "done_count": 20, "already_gone_count": 1, "refused_count": 3, "left_count": 6,
           "refused": [{"key": "=a<img>", "reason": "<b>no</b>"}, {"key": "b", "reason": "busy"}], "duration_ms": 5000,
           "servers": [{"address": "10.0.0.1:1", "matched": 30, "done": 20, "already_gone": 1, "refused": 3, "left": 6, "failure": "<i>gone</i>"}]}}
        """, "{}");
    confirm("30");
    awaitJob("failed");
    String shown = browser.text(".job");
    for (String part : new String[] {
      "In part", "<b>fell</b>", "Refused\n3", "<i>gone</i>", "=a<img>", "first 2 of 3 keys"
    }) {
      assertTrue(shown.contains(part), part + " is not in " + shown);
    }
    browser.clickButton("Download refusals");
    Path file = folder.resolve("refused.ndjson");
    Await.until(() -> Files.exists(file));
    assertEquals(
        "{\"key\":\"=a<img>\",\"reason\":\"<b>no</b>\"}\n{\"key\":\"b\",\"reason\":\"busy\"}\n",
        Files.readString(file));
    browser.answerNothing();
    browser.clickButton("Finish the rest");
    browser.await("return document.querySelector('.preview') !== null");
    assertEquals("#/change?action=delete&prefix=user%3A&rate=5000", browser.fragment());
  }
}
