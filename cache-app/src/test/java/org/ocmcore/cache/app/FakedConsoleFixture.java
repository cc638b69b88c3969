package org.ocmcore.cache.app;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.ocmcore.cache.adapter.http.ApiClient;

/**
 * A browser in whose pages answers can be held, lost or made up; the cache is empty before each
 * test.
 */
abstract class FakedConsoleFixture {
  static ConsoleBrowser browser;

  ApiClient api;

  @BeforeAll
  static void start() {
    browser = ConsoleBrowser.start(RunningService.fresh(StoreKind.MEMORY).url());
    browser.allowFakeAnswers();
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  @BeforeEach
  void clear() {
    api = RunningService.fresh(StoreKind.MEMORY).client();
  }

  /**
   * From now on the page learns that the service was started anew, as production.
   *
   * @param allowed what it allows, a JSON array
   */
  void answerAsProduction(String allowed) {
    String service = api.get("/service/")
        .json()
        .toString()
        .replace("\"environment\":\"development\"", "\"environment\":\"production\"")
        .replaceFirst("\"allowed\":\\[[^]]*\\]", "\"allowed\":" + allowed);
    browser.answer("/service/", 200, service, "{}");
  }

  @AfterEach
  void nothingWasReported() {
    FailingRequests.end(browser);
    browser.assertQuiet();
  }
}
