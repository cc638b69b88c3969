package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.openqa.selenium.Keys;

/** The console without a mouse. */
class ConsoleKeyboardIT {
  private static final int KEYS = 200;

  private static ConsoleBrowser browser;

  @BeforeAll
  static void startBrowser() {
    RunningService service = RunningService.fresh(StoreKind.MEMORY);
    ApiClient api = service.client();
    for (int i = 0; i < KEYS; i++) {
      api.put("k:%03d".formatted(i), "1");
    }
    browser = ConsoleBrowser.start(service.url());
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @AfterEach
  void nothingWasReported() {
    browser.assertQuiet();
  }

  private static void openFocusedList() {
    browser.openList("#/keys");
    browser.press(Keys.ARROW_DOWN);
    awaitActive(0);
  }

  private static void awaitActive(long row) {
    browser.await(
        "return document.querySelector('.grid').getAttribute('aria-activedescendant') === 'row-"
            + row + "' && document.querySelector('.data.active')?.id === 'row-" + row + "'");
  }

  /** The whole rows that the list shows at once. */
  private static long rowsSeen() {
    return browser.number(
        "(({ clientHeight }, { offsetHeight }, row) => Math.floor((clientHeight - offsetHeight) / row.offsetHeight))"
            + "(document.querySelector('.grid'), document.querySelector('.grid-head'), document.querySelector('.data'))");
  }

  /** Whether a row is between the head and the end of the box. */
  private static boolean isInSight(long row) {
    return (boolean) browser.run("""
        const box = document.querySelector('.grid').getBoundingClientRect();
        const head = document.querySelector('.grid-head').getBoundingClientRect();
        const row = document.querySelector('#row-' + arguments[0]).getBoundingClientRect();
        return row.top >= head.bottom - 1 && row.bottom <= box.bottom + 1;
        """, row);
  }

  @ParameterizedTest
  @CsvSource({
    "o, #/, Overview",
    "k, #/keys, Keys",
    "t, #/tree, Tree",
    "a, #/analysis, Analysis",
    "c, #/changes, Changes",
    "d, #/dumps, Dumps",
    "j, #/jobs, Jobs",
    "s, #/settings, Settings"
  })
  void gAndALetterGoThere(String letter, String fragment, String title) {
    browser.open(letter.equals("k") ? "#/" : "#/keys");
    browser.await("return document.querySelector('main section') !== null");
    browser.press("g", letter);
    browser.await("return location.hash === '" + fragment + "'");
    browser.await("return document.title === '" + title + " · Cache App'");
    browser.awaitText(".navigation [aria-current=page]", title);
    browser.await(
        "return document.querySelector('main h1')?.textContent.startsWith('" + title + "')");
    assertTrue((boolean)
        browser.run("return document.querySelector('main').contains(document.activeElement)"));
  }

  @Test
  void lettersInAFieldGoNowhere() {
    browser.openList("#/keys");
    browser.press("/");
    browser.await("return document.activeElement.id === 'search'");
    browser.press("gj?");
    assertEquals("gj?", browser.element("#search").getAttribute("value"));
    browser.await("return location.hash.includes('prefix=gj')");
    assertFalse(browser.has("dialog"));
  }

  @Test
  void aQuestionMarkHelpsAndEscCloses() {
    browser.openList("#/keys");
    browser.press("?");
    browser.awaitText("dialog[open] h2", "Keyboard and search");
    String help = browser.text("dialog");
    for (String line :
        new String[] {"g o\ngo to Overview", "g s\ngo to Settings", "Esc\nclose, or go back"}) {
      assertTrue(help.contains(line), help);
    }
    browser.await("return document.activeElement.textContent === 'Close'");
    // Behind the dialog nothing moves.
    browser.press("g", "j");
    assertEquals("#/keys", browser.fragment());
    browser.press(Keys.ESCAPE);
    browser.await("return document.querySelector('dialog') === null");
    browser.press("g", "j");
    browser.awaitText("h1", "Jobs");
    browser.press("?");
    browser.awaitText("dialog[open]", "Keyboard");
    browser.press(Keys.ENTER);
    browser.await("return document.querySelector('dialog') === null");
  }

  @Test
  void pagesMoveTheActiveRow() {
    openFocusedList();
    long page = rowsSeen() - 1;
    assertTrue(page > 3, page + " rows");
    browser.press(Keys.PAGE_DOWN);
    awaitActive(page);
    browser.press(Keys.PAGE_DOWN);
    awaitActive(2 * page);
    browser.await("return document.querySelector('.grid').scrollTop > 0");
    assertTrue(isInSight(2 * page));
    browser.press(Keys.PAGE_UP);
    awaitActive(page);
    browser.press(Keys.PAGE_UP, Keys.PAGE_UP);
    awaitActive(0);
    browser.await("return document.querySelector('.grid').scrollTop === 0");
  }

  @Test
  void homeAndEndGoToTheEnds() {
    openFocusedList();
    browser.press(Keys.END);
    awaitActive(KEYS - 1);
    assertTrue(isInSight(KEYS - 1));
    browser.press(Keys.ARROW_DOWN, Keys.PAGE_DOWN);
    awaitActive(KEYS - 1);
    browser.press(Keys.ARROW_UP);
    awaitActive(KEYS - 2);
    browser.press(Keys.HOME);
    awaitActive(0);
    assertTrue(isInSight(0));
    browser.press(Keys.ARROW_UP);
    awaitActive(0);
  }

  @Test
  void enterOpensAndEscGoesBackToTheSameRow() {
    openFocusedList();
    browser.press(Keys.END, Keys.ARROW_UP, Keys.ENTER);
    browser.awaitText("h1", "k:198");
    assertEquals("#/key?key=k%3A198", browser.fragment());
    browser.awaitText(".facts", "Size");
    browser.press(Keys.ESCAPE);
    browser.awaitRows();
    assertEquals("#/keys", browser.fragment());
    awaitActive(KEYS - 2);
    assertTrue(isInSight(KEYS - 2));
  }

  private static void awaitInMain() {
    browser.await(
        "const here = document.activeElement; return here !== document.body && document.querySelector('main').contains(here)");
  }

  @Test
  void whatGoesGivesTheKeyboardToWhatIsAroundIt() {
    browser.openList("#/keys?min_size=1");
    browser.run("document.querySelector('.chip button').focus()");
    browser.press(Keys.ENTER);
    browser.await("return document.querySelector('.chip') === null");
    awaitInMain();
    browser.run("document.querySelector('.add').focus()");
    browser.press(Keys.ENTER);
    browser.await("return document.activeElement.tagName === 'SELECT'");
    browser.press(Keys.ESCAPE);
    browser.await("return document.querySelector('.new-filter') === null");
    awaitInMain();
    browser.open("#/key?key=k%3A190");
    browser.awaitText(".facts", "Size");
    browser.run("document.querySelector('.acts .primary').focus()");
    browser.press(Keys.ENTER);
    browser.awaitText(".value", "1");
    awaitInMain();
  }

  @Test
  void aButtonThatIsOffForAWhileHasTheKeyboardAgain() {
    browser.openPreview("#/change?action=delete&prefix=k%3A19");
    browser.awaitText(".preview", "Keys");
    browser.run(
        "[...document.querySelectorAll('button')].find((one) => one.textContent === 'Preview again').focus()");
    browser.press(Keys.ENTER);
    browser.await(
        "const here = document.activeElement; return here.textContent === 'Preview again' && !here.disabled");
    browser.awaitText(".preview", "Keys");
    browser.await("return document.activeElement.textContent === 'Preview again'");
  }

  @Test
  void aFastAnswerGivesTheKeyboardBackToItsButton() {
    browser.openPreview("#/change?action=delete&prefix=k%3A19");
    browser.awaitText(".preview", "Keys");
    browser.run("""
        const ask = window.fetch;
        window.answers = 0;
        window.fetch = async (...request) => {
          const answer = await ask(...request);
          const bytes = await answer.arrayBuffer();
          // The browser does so itself, a frame after the button is off.
          document.activeElement.blur();
          window.answers++;
          return new Response(bytes, { status: answer.status, headers: answer.headers });
        };
        [...document.querySelectorAll('button')].find((one) => one.textContent === 'Preview again').focus()""");
    for (int answers = 1; answers <= 3; answers++) {
      browser.press(Keys.ENTER);
      browser.await("return window.answers === arguments[0]", answers);
      browser.await(
          "const here = document.activeElement; return here.textContent === 'Preview again' && !here.disabled");
    }
  }

  @Test
  void enterInTheSearchGoesToTheFirstRow() {
    browser.openList("#/keys");
    browser.press("/");
    browser.press("k:19", Keys.ENTER);
    browser.await("return document.activeElement.classList.contains('grid')");
    browser.await("return document.querySelectorAll('.data').length === 10");
    awaitActive(0);
    browser.press(Keys.ENTER);
    browser.awaitText("h1", "k:190");
  }
}
