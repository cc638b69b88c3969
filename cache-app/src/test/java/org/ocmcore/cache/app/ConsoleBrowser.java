package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** The web console in a real Chromium. Nothing of it is shared with other tests. */
final class ConsoleBrowser implements AutoCloseable {
  /** Where screenshots are kept. */
  private static final Path PICTURES = Path.of("target", "console");

  private final ChromeDriver driver;
  private final String url;

  private ConsoleBrowser(ChromeDriver driver, String url) {
    this.driver = driver;
    this.url = url;
  }

  /** A browser for the console of a service. @param url without a slash at the end */
  static ConsoleBrowser start(String url) {
    ConsoleBrowser browser = new ConsoleBrowser(Chromium.start(), url);
    browser.beforePages(ConsoleScripts.WATCH);
    browser.size(1280, 800);
    return browser;
  }

  /** Runs a script in each page from the next one on, before its own. */
  void beforePages(String script) {
    driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
  }

  /** From the next page on, {@link #answer} may stand in for the service. */
  void allowFakeAnswers() {
    beforePages(ConsoleScripts.FAKE_ANSWERS);
  }

  /**
   * Answers requests whose address has this part.
   *
   * @param status 0 if nothing is ever answered
   * @param json the body
   */
  void answer(String part, int status, String json, String headers) {
    run(
        "window.answers[arguments[0]] = { status: arguments[1], body: JSON.parse(arguments[2]), headers: JSON.parse(arguments[3]) }",
        part,
        status,
        json,
        headers);
  }

  /** The service answers all again. */
  void answerNothing() {
    run("window.answers = {}");
  }

  /** Shows a view as if somebody had typed its address. @param fragment such as {@code #/keys} */
  void open(String fragment) {
    openAddress(url + "/console/" + fragment);
  }

  /** Opens an address as if somebody had typed it. */
  void openAddress(String address) {
    // Another fragment alone loads no page.
    driver.get("about:blank");
    driver.get(address);
  }

  /** Shows a view as if a step back had led to it. Returns when it is drawn. */
  void visit(String fragment) {
    driver.executeAsyncScript(
        "location.hash = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(arguments[1]))",
        fragment);
  }

  /** Shows a change of many keys as if somebody had typed its address, and asks for its preview. */
  void openPreview(String fragment) {
    open(fragment);
    clickButton("Preview");
  }

  /** Shows a list and waits for its rows. */
  void openList(String fragment) {
    open(fragment);
    awaitRows();
  }

  /** Waits until the list is there and at rest. */
  void awaitRows() {
    await("return document.querySelector('.keys[aria-busy=false] .grid-row.data a') !== null");
  }

  /** The width and height of what is seen, also below what a window may have. */
  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** {@code light} or {@code dark}, as the system has it. */
  void systemTheme(String name) {
    emulate("prefers-color-scheme", name);
  }

  /** {@code reduce} or {@code no-preference}, as the system has it. */
  void systemMotion(String name) {
    emulate("prefers-reduced-motion", name);
  }

  /** What a media feature is from now on; all others are those of this machine. */
  private void emulate(String feature, String value) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", feature, "value", value))));
  }

  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Signs in as a person would, once the console asks for a token. */
  void signIn(String token) {
    awaitText("dialog", "This service needs a token");
    type("dialog input[name=token]", token + Keys.ENTER);
    await("return document.querySelector('dialog') === null");
  }

  /** Signs this tab in without the dialog, for the views that it opens from now on. */
  void plantToken(String token) {
    run("sessionStorage.setItem('cache-app-token /api/cache/', arguments[0])", token);
  }

  /** Waits until a script returns true. */
  void await(String script, Object... arguments) {
    try {
      Await.until(() -> Boolean.TRUE.equals(run(script, arguments)));
    } catch (AssertionError e) {
      throw new AssertionError(script + " stayed false in\n" + text("body"), e);
    }
  }

  /** Waits until an element has a text. */
  void awaitText(String selector, String part) {
    try {
      Await.until(() -> text(selector).contains(part));
    } catch (AssertionError e) {
      throw new AssertionError(
          selector + " lacks \"" + part + "\": " + text(selector) + "\nin " + text("body"), e);
    }
  }

  /** The visible text of the first such element; empty if there is none. */
  String text(String selector) {
    return (String) run("return document.querySelector(arguments[0])?.innerText ?? ''", selector);
  }

  boolean has(String selector) {
    return !driver.findElements(By.cssSelector(selector)).isEmpty();
  }

  /** The page takes no press as soon as it comes up. */
  private void settle() {
    await("return !(performance.now() - window.cameUp < 550)");
  }

  WebElement element(String selector) {
    settle();
    return driver.findElement(By.cssSelector(selector));
  }

  void click(String selector) {
    element(selector).click();
  }

  /** Clicks the first button with this text. */
  void clickButton(String text) {
    Await.until(() -> hasButton(text));
    settle();
    driver.findElement(button(text)).click();
  }

  /** Whether there is a button with this text. */
  boolean hasButton(String text) {
    return !driver.findElements(button(text)).isEmpty();
  }

  private static By button(String text) {
    return By.xpath("//button[normalize-space()='" + text + "']");
  }

  /** Replaces what stands in a field; in the one that takes its place, if the page is redrawn. */
  void type(String selector, CharSequence text) {
    Await.until(() -> typed(selector, text));
  }

  private boolean typed(String selector, CharSequence text) {
    try {
      element(selector).sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
      return true;
    } catch (StaleElementReferenceException redrawn) {
      return false;
    }
  }

  /** Files are saved in this folder from now on. */
  void saveInto(Path folder) {
    driver.executeCdpCommand(
        "Browser.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", folder.toAbsolutePath().toString()));
  }

  /** What the page has copied last. */
  String copied() {
    return (String) run("return window.copied");
  }

  /** Types into what has the focus. */
  void press(CharSequence... keys) {
    settle();
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Searches as a person would. */
  void search(String text) {
    WebElement box = element("#search");
    box.sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
  }

  /** The keys of the rows that are in the page, as they are shown. */
  List<String> shownKeys() {
    return ((List<?>)
            run(
                "return [...document.querySelectorAll('.data .cell.key')].map((cell) => cell.textContent)"))
        .stream().map(Object::toString).toList();
  }

  /** Waits until the list has these keys and no others. */
  void awaitKeys(String... keys) {
    try {
      Await.until(() -> shownKeys().equals(List.of(keys)));
    } catch (AssertionError e) {
      assertEquals(List.of(keys), shownKeys());
    }
  }

  long number(String script) {
    return ((Number) run("return " + script)).longValue();
  }

  /** The part of the address behind the #. */
  String fragment() {
    return (String) run("return location.hash");
  }

  /** Opens a tab beside the others and goes to it. */
  void openTab() {
    driver.switchTo().newWindow(WindowType.TAB);
    beforePages(ConsoleScripts.WATCH);
    size(1280, 800);
  }

  /** Goes to a tab. @param number in the order in which they were opened, from 0 */
  void goToTab(int number) {
    driver.switchTo().window(List.copyOf(driver.getWindowHandles()).get(number));
  }

  /** Closes the tab; go to another one then. */
  void closeTab() {
    driver.close();
  }

  void back() {
    driver.navigate().back();
  }

  /** Nothing was executed, reported or logged, except for requests that were refused. */
  void assertQuiet() {
    assertEquals(List.of(), run("return window.broken ?? []"));
    assertEquals("", printed());
  }

  /** What pages have printed to the console of the browser since this was last asked. */
  String printed() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .filter(message -> !message.contains("Failed to load resource"))
        .collect(Collectors.joining("\n"));
  }

  /** How often this page has asked for an address with this part. */
  long requests(String part) {
    return number("performance.getEntriesByType('resource').filter((entry) => entry.name.includes('"
        + part + "')).length");
  }

  /** What axe-core finds; empty if nothing. */
  String accessibilityProblems() {
    return Axe.problems(driver);
  }

  /** Keeps a picture of the page. */
  void picture(String name) {
    try {
      Path file = PICTURES.resolve(name + ".png");
      Files.createDirectories(file.getParent());
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
