package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.http.ApiClient;

/** A preview walks all servers and is audited: it comes when somebody asks, and once. */
class ConsolePreviewIT {
  private static ConsoleBrowser browser;
  private static ApiClient api;

  @BeforeAll
  static void start() {
    RunningService service = RunningService.fresh(StoreKind.MEMORY);
    api = service.client();
    browser = ConsoleBrowser.start(service.url());
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  @BeforeEach
  void fill() {
    api.delete("/").expect(200);
    IntStream.range(0, 30).forEach(i -> api.put("user:" + i, "\"x\"", "600"));
  }

  @AfterEach
  void nothingWasReported() {
    browser.assertQuiet();
  }

  private static long previews() {
    return browser.number(
        "performance.getEntriesByType('resource').filter((one) => one.name.includes('/manage/')).length");
  }

  private static void awaitQuestion(String words) {
    browser.awaitText(".filter-words", words);
    browser.await(
        "return [...document.querySelectorAll('.change .primary')].map((one) => one.innerText).join() === 'Preview'");
    assertFalse(browser.has("main .preview, main [role=status]"), browser.text("main"));
    assertEquals(0, previews());
  }

  @ParameterizedTest
  @ValueSource(strings = {"action=delete", "action=refresh&timeout=7200"})
  void aLinkAsksForNothingUntilSomebodyDoes(String query) {
    String fragment = "#/change?" + query + "&prefix=user%3A";
    browser.open(fragment);
    awaitQuestion("user:");
    browser.clickButton("Preview");
    browser.awaitText(".preview", "Keys\n30");
    assertEquals(1, previews());
    browser.run("location.reload()");
    awaitQuestion("user:");
  }

  @Test
  void aStepBackPreviewsNothing() {
    browser.open("#/change?action=delete&prefix=user%3A1");
    browser.clickButton("Preview");
    browser.awaitText(".preview", "Keys\n11");
    browser.visit("#/change?action=delete&prefix=user%3A2");
    browser.awaitText(".filter-words", "user:2");
    long before = previews();
    browser.back();
    browser.awaitText(".filter-words", "user:1");
    browser.await(
        "return [...document.querySelectorAll('.change .primary')].map((one) => one.innerText).join() === 'Preview'");
    assertEquals(before, previews());
  }

  /** What is confirmed is what the field says. */
  @Test
  void aLifetimeThatWasNotPreviewedCannotBeConfirmed() {
    browser.openPreview("#/change?action=refresh&timeout=7200&prefix=user%3A1");
    browser.awaitText(".preview", "Keys\n11");
    browser.type("input[name=confirmation]", "11");
    browser.await("return document.querySelector('.danger:not([disabled])') !== null");
    browser.type("input[list=lifetimes]", "30d");
    browser.await("return document.querySelector('.danger[disabled]') !== null");
    browser.awaitText("main", "Press Preview to see what this would do.");
  }

  /** A key that is held down, and the second click of two fast ones, press nothing. */
  @Test
  void onePressIsOneRequest() {
    browser.open("#/change?action=delete&prefix=user%3A1");
    browser.clickButton("Preview");
    browser.awaitText(".preview", "Keys\n11");
    long before = previews();
    click(1);
    Await.until(() -> previews() == before + 1);
    browser.await("return document.querySelector('.acts button:not([disabled])') !== null");
    click(2);
    assertEquals(false, browser.run("""
        const button = [...document.querySelectorAll('button')].find((one) => one.innerText === 'Preview again');
        return button.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', repeat: true, bubbles: true, cancelable: true }));
        """));
    click(1);
    Await.until(() -> previews() > before + 1);
    assertEquals(before + 2, previews());
  }

  /** @param count which click in a row it is, as browsers count them */
  private static void click(int count) {
    browser.run("""
        const button = [...document.querySelectorAll('button')].find((one) => one.innerText === 'Preview again');
        button.dispatchEvent(new MouseEvent('click', { detail: arguments[0], bubbles: true, cancelable: true }));
        """, count);
  }

  @Test
  void aLinkWithoutAFilterAsksForNothing() {
    browser.open("#/change");
    browser.await(
        "return [...document.querySelectorAll('.change .primary')].map((one) => one.innerText).join() === 'Preview'");
    assertEquals(0, previews());
  }

  /** As a page does that has opened this one. */
  @Test
  void anotherPageThatChangesTheAddressPreviewsNothing() {
    browser.openPreview("#/change?action=delete&prefix=user%3A1");
    browser.awaitText(".preview", "Keys\n11");
    long before = previews();
    browser.visit("#/change?action=delete&prefix=user%3A2");
    browser.await(
        "return [...document.querySelectorAll('.change .primary')].map((one) => one.innerText).join() === 'Preview'");
    assertEquals(before, previews());
  }
}
