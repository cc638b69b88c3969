package org.ocmcore.cache.app;

/** Requests of a page that fail, as if the connection had broken. */
final class FailingRequests {
  private FailingRequests() {}

  /**
   * Those with this in their method and address fail from now on.
   *
   * @param isDone whether the service does what they ask for
   */
  static void begin(ConsoleBrowser browser, String match, boolean isDone) {
    browser.run("""
        window.faulty = { match: arguments[0], isDone: arguments[1], changes: 0 };
        if (!window.honest) {
          window.honest = window.fetch;
          window.fetch = async (url, options) => {
            const { faulty, honest } = window;
            if (!faulty || !`${options?.method ?? 'GET'} ${url}`.includes(faulty.match)) {
              return honest(url, options);
            }
            if (faulty.isDone) {
              await honest(url, options);
            }
            faulty.changes += options?.method === 'POST' ? 1 : 0;
            throw new TypeError('cut');
          };
        }
        """, match, isDone);
  }

  /** None fails any more. */
  static void end(ConsoleBrowser browser) {
    browser.run("window.faulty = null");
  }

  /** How many of those that have failed since the last beginning were POST. */
  static long changes(ConsoleBrowser browser) {
    return browser.number("window.faulty.changes");
  }
}
