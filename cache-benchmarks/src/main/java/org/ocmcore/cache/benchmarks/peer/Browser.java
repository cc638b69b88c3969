package org.ocmcore.cache.benchmarks.peer;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A Chromium without a window. For one thread. */
public final class Browser implements AutoCloseable {
  private static final int POLL_MILLIS = 10;
  private static final int PATIENCE_MILLIS = 60_000;

  /** It warns of each Chromium that is newer than itself; nothing here depends on that. */
  private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts it, with this script before those of each page. Empty if Chromium and its driver are not
   * on the path.
   */
  public static Optional<Browser> start(String script) {
    Optional<File> chromium = program("chromium");
    Optional<File> chromedriver = program("chromedriver");
    if (chromium.isEmpty() || chromedriver.isEmpty()) {
      return Optional.empty();
    }
    DEVTOOLS.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get());
    options.addArguments(List.of(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-first-run",
        "--window-size=1280,800"));
    ChromeDriverService service = new ChromeDriverService.Builder()
        .usingDriverExecutable(chromedriver.get())
        .usingAnyFreePort()
        .build();
    Browser browser = new Browser(new ChromeDriver(service, options));
    browser.driver.executeCdpCommand(
        "Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    return Optional.of(browser);
  }

  private static Optional<File> program(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> new File(folder, name))
        .filter(File::canExecute)
        .findFirst();
  }

  /** Loads a page anew. */
  public void open(String url) {
    // Another fragment alone loads no page.
    driver.get("about:blank");
    driver.get(url);
  }

  /** Executes a script in the page. */
  public void execute(String script) {
    driver.executeScript(script);
  }

  /** Waits for a number that a script returns; it returns null until then. */
  public double await(String script) throws InterruptedException {
    for (int waited = 0; waited < PATIENCE_MILLIS; waited += POLL_MILLIS) {
      if (driver.executeScript(script) instanceof Number number) {
        return number.doubleValue();
      }
      Thread.sleep(POLL_MILLIS);
    }
    throw new IllegalStateException("the page never answers: " + script);
  }

  /** The bytes of the objects of the page's scripts, without garbage. */
  public double heapBytes() {
    driver.executeCdpCommand("HeapProfiler.enable", Map.of());
    driver.executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
    return ((Number) driver.executeCdpCommand("Runtime.getHeapUsage", Map.of()).get("usedSize"))
        .doubleValue();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
