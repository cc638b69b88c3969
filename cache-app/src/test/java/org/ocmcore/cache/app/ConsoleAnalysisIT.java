package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;

/** The analysis in a browser. */
class ConsoleAnalysisIT {
  private static ConsoleBrowser browser;
  private static ApiClient api;

  @BeforeAll
  static void start() {
    RunningService service = RunningService.fresh(StoreKind.ONE_MEMCACHED);
    api = service.client();
    browser = ConsoleBrowser.start(service.url());
    browser.allowFakeAnswers();
    for (int i = 0; i < 5; i++) {
      api.put("user:" + i, "\"" + "x".repeat(2_000) + "\"", "null");
      api.put("cart:" + i, "\"small\"", "7200");
    }
    api.put("cart:soon", "\"small\"", "1500");
    api.put("cart:late", "\"" + "y".repeat(9_000) + "\"", "2000000");
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
    browser.await("return document.querySelector('.analysis[aria-busy=false] .bars') !== null");
  }

  /** The lines of a chart that have keys, such as {@code user 5}. */
  private static List<?> bars(String chart) {
    return (List<?>) browser.run(
        "return [...document.querySelectorAll(`section[aria-label='${arguments[0]}'] tbody tr`)].map((row) =>"
            + " row.cells[0].textContent.trim() + ' ' + row.cells[2].textContent.trim()).filter((line) => !line.endsWith(' 0'))",
        chart);
  }

  @Test
  void chartsAreTablesWithExactCounts() {
    open("#/analysis");
    assertEquals("12 keys", browser.text(".summary b"));
    assertEquals("5", browser.text("[data-tile='Never expire'] b"));
    assertEquals(List.of("cart 7", "user 5"), bars("Largest apps"));
    assertEquals(
        List.of("1 min to 1 h 1", "1 h to 4 h 5", "7 d to 30 d 1", "never expires 5"),
        bars("Time to live"));
    assertEquals(
        12, bars("Idle time").stream().mapToInt(ConsoleAnalysisIT::last).sum());
    assertTrue(browser.text("section[aria-label='Largest keys'] tbody tr").contains("cart:late"));
    browser.click(".segments button:last-child");
    browser.await("return location.hash === '#/analysis?by=bytes'");
    browser.await(
        "return document.querySelector(\"section[aria-label='Largest apps'] tbody a\").textContent === 'user'");
  }

  private static int last(Object line) {
    return Integer.parseInt(line.toString().replaceFirst(".* ", ""));
  }

  /** Each link of a chart leads to a list with as many keys as the chart says. */
  @Test
  void eachBarLeadsToItsKeys() {
    open("#/analysis");
    List<?> links = (List<?>) browser.run(
        "return [...document.querySelectorAll('.chart tbody tr')].filter((row) => row.querySelector('a') && !row.closest(\"[aria-label='Largest keys'], [aria-label='Idle time']\"))"
            + ".map((row) => row.querySelector('a').hash + ' ' + row.cells[2].textContent.trim())");
    assertTrue(links.size() >= 8, links.toString());
    for (Object link : links) {
      String[] parts = link.toString().split(" ");
      browser.visit(parts[0]);
      browser.await(
          "return document.querySelector('.keys .summary b')?.textContent.split(' ')[0] === '"
              + parts[1] + "'");
      browser.await("return document.querySelector('.keys .chip') !== null");
    }
    // How long keys are idle changes on the way, so the list may have others.
    open("#/analysis");
    List<?> idle = (List<?>)
        browser.run(
            "return [...document.querySelectorAll(\"section[aria-label='Idle time'] a\")].map((link) => link.textContent + ' ' + link.hash)");
    List<String> possible = List.of(
        "under 1 min #/keys?idle_below=60", "1 min to 1 h #/keys?idle_above=59&idle_below=3600");
    assertTrue(!idle.isEmpty() && possible.containsAll(idle), idle.toString());
  }

  @Test
  void theTileOfUnreadKeysLeadsToThem() {
    for (int i = 0; i < 3; i++) {
      api.get("/key/user:" + i + "/").expect(200);
    }
    api.get("/keys/?fresh=true").expect(200);
    open("#/analysis?app=user");
    browser.awaitText("[data-tile='Never fetched'] a", "2");
    browser.click("[data-tile='Never fetched'] a");
    browser.awaitKeys("user:3", "user:4");
    assertEquals("#/keys?app=user&never_fetched=true", browser.fragment());
    assertTrue(browser.text(".filters").contains("never fetched"), browser.text(".filters"));
  }

  @Test
  void minutesHaveBarsAndATable() {
    open("#/analysis");
    String chart = "section[aria-label='Expiry per minute'] ";
    assertEquals(60L, browser.number("document.querySelectorAll('.minutes a').length"));
    browser.awaitText(chart, "1 key in the next hour");
    browser.click(chart + "summary");
    browser.awaitText(chart + "tbody", "in 2");
    browser.click(chart + "tbody a");
    browser.awaitKeys("cart:soon");
  }

  @Test
  void aPartIsAnalysed() {
    open("#/analysis?app=cart&ttl_below=10000");
    browser.awaitText(".summary b", "6 keys");
    assertEquals(2L, browser.number("document.querySelectorAll('.chip').length"));
    // The narrower of two bounds stays.
    String link = (String)
        browser.run(
            "return [...document.querySelectorAll(\"section[aria-label='Time to live'] a\")].find((link) => link.textContent === '1 h to 4 h').hash");
    assertEquals("#/keys?app=cart&ttl_below=10000&ttl_above=3599", link);
    browser.search("user:");
    browser.awaitText("[data-state=no-match]", "No key matches");
    browser.click("[data-state=no-match] a");
    browser.awaitText(".summary b", "12 keys");
  }

  @Test
  void whatIsWrongIsSaid() {
    browser.open("#/analysis?pattern=user(&match=regex");
    browser.await("return document.querySelector('.position mark') !== null");
    assertFalse(browser.has(".bars"));
    browser.search("user:");
    browser.awaitText(".summary b", "5 keys");
    assertFalse(browser.has(".notice"));
    browser.answer("/analysis/", 503, """
        {"status": 503, "type": "urn:cache-app:problem:too-busy", "title": "Busy", "detail": "Others search."}
        """, "{\"Retry-After\": \"2\"}");
    browser.run("document.activeElement.blur()");
    browser.press("r");
    browser.awaitText(".notice", "Others search.");
    assertTrue(browser.text(".notice").contains("What is shown below is from"));
    assertTrue(browser.has(".bars"), "old data stays");
    browser.answerNothing();
    browser.await("return document.querySelector('.notice') === null");
    browser.answer("/analysis/", 403, """
        {"status": 403, "type": "urn:cache-app:problem:outside-apps", "title": "No", "detail": "Other apps."}
        """, "{}");
    browser.press("r");
    browser.awaitText(".notice", "You may not do this");
    browser.answerNothing();
  }

  @Test
  void aStaleAnalysisOffersAWalk() {
    open("#/analysis");
    browser.run(
        "const known = window.fetch; window.fetch = (url, options) => known(url, options).then(async (answer) => String(url).includes('/analysis/') && !String(url).includes('fresh')"
            + " ? new Response(JSON.stringify({ ...(await answer.json()), as_of: '2020-01-01T00:00:00Z' }), { headers: { 'Content-Type': 'application/json' } }) : answer)");
    browser.press("r");
    browser.awaitText(".stale", "ago");
    browser.click(".summary button.primary");
    browser.await("return document.querySelector('.stale') === null");
    assertEquals("12 keys", browser.text(".summary b"));
  }
}
