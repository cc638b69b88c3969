package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.util.Optional;
import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.Browser;

/** The list of all keys of the web console in a browser, against its limits. */
final class ConsoleSuite implements Suite {
  private static final double MILLIS = 1_000;
  private static final double MAX_HEAP_BYTES = 80e6;

  /** At 60 frames a second, with a little for the clock of the browser. */
  private static final double FRAME_SECONDS = 1.02 / 60;

  /** Notes when the first rows are on the screen, in milliseconds since the page began. */
  private static final String WATCH = """
      window.rowsAt = null;
      new MutationObserver((changes, observer) => {
        if (document.querySelector('.grid-row.data a')) {
          observer.disconnect();
          // The first call comes before the frame that has them is drawn.
          requestAnimationFrame(() => requestAnimationFrame(() => { window.rowsAt = performance.now(); }));
        }
      }).observe(document, { childList: true, subtree: true });
      """;

  private static final String ROWS_AFTER_ANSWER = """
      const answer = performance.getEntriesByType('resource').find((entry) => entry.name.includes('/keys/?'));
      return window.rowsAt === null || !answer ? null : window.rowsAt - answer.responseEnd;
      """;

  /** Three rows a frame for four seconds, from somewhere in the list. */
  private static final String SCROLL = """
      const grid = document.querySelector('.grid');
      grid.scrollTop = Math.random() * (grid.scrollHeight - 100_000);
      window.frameMillis = null;
      let began = null;
      let count = 0;
      const draw = (now) => {
        began ??= now;
        if (now - began >= 4_000) {
          window.frameMillis = (now - began) / count;
          return;
        }
        count += 1;
        grid.scrollTop += 96;
        requestAnimationFrame(draw);
      };
      requestAnimationFrame(draw);
      """;

  @Override
  public void run(Testbed testbed, BenchmarkRunner runner) throws IOException {
    String list = testbed.service().page("console/#/keys");
    Optional<Browser> started = Browser.start(WATCH);
    if (started.isEmpty()) {
      runner.note("there is no chromium with chromedriver, so the console is not measured");
      return;
    }
    try (Browser browser = started.get()) {
      runner.run(Comparison.of("console: first rows after the answer", Unit.SECONDS, () -> {
            browser.open(list);
            return browser.await(ROWS_AFTER_ANSWER) / MILLIS;
          })
          .target(testbed.atTargetKeys(Target.atMost(Unit.SECONDS, 0.2))));
      runner.run(Comparison.of("console: a frame while scrolling", Unit.SECONDS, () -> {
            browser.execute(SCROLL);
            return browser.await("return window.frameMillis") / MILLIS;
          })
          .target(testbed.atTargetKeys(Target.atMost(Unit.SECONDS, FRAME_SECONDS))));
      runner.run(Comparison.of("console: heap after scrolling", Unit.BYTES, browser::heapBytes)
          .target(testbed.atTargetKeys(Target.atMost(Unit.BYTES, MAX_HEAP_BYTES)))
          .once());
    }
  }
}
