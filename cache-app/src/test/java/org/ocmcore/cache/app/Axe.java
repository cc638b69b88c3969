package org.ocmcore.cache.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.openqa.selenium.JavascriptExecutor;

/** Looks with axe-core for what keeps people from using a page. */
final class Axe {
  private static final String SCRIPT = script();

  private Axe() {}

  private static String script() {
    try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with the page; empty if nothing is. */
  static String problems(JavascriptExecutor browser) {
    browser.executeScript(SCRIPT);
    return (String) browser.executeAsyncScript("""
        const done = arguments[arguments.length - 1];
        axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
          // Details of what passes take as long as all the rest.
          resultTypes: ['violations'],
        })
          .then((found) => done(found.violations
              .flatMap((rule) => rule.nodes.map((node) => rule.id + ': ' + node.html + '\\n' + node.failureSummary))
              .join('\\n')), (failure) => done(String(failure)));
        """);
  }
}
