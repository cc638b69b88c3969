package org.ocmcore.cache.app;

/**
 * Answers that come to a page when a test says so. They are those to requests with one text in
 * their method, address or token.
 */
final class HeldAnswers {
  private final ConsoleBrowser browser;

  /**
   * Holds the answers to all requests that the page sends from now on.
   *
   * @param match the text
   * @param part {@code head} or {@code body}: what does not come
   */
  HeldAnswers(ConsoleBrowser browser, String match, String part) {
    this.browser = browser;
    browser.run("""
        const [match, part] = arguments;
        const ask = window.fetch;
        const held = (options) => new Promise((done, failed) => {
          window.goOn = done;
          window.cut = () => failed(new TypeError('cut'));
          window.isGivenUp = () => options.signal.aborted;
        });
        window.asked = [];
        window.fetch = async (url, options) => {
          window.asked.push(options.headers.Authorization);
          const isHeld = `${options.method ?? 'GET'} ${url} ${options.headers.Authorization}`.includes(match);
          if (isHeld && part === 'head') {
            await held(options);
          }
          const response = await ask(url, options);
          for (const read of isHeld && part === 'body' ? ['json', 'arrayBuffer'] : []) {
            const whole = response[read].bind(response);
            response[read] = () => held(options).then(whole);
          }
          return response;
        };
        """, match, part);
  }

  /** Waits until an answer is held. */
  void await() {
    browser.await("return window.goOn !== undefined");
  }

  /** Lets the last of them come. */
  void goOn() {
    browser.run("window.goOn()");
  }

  /** Waits until the page wants the last of them no more. */
  void awaitGivenUp() {
    browser.await("return window.isGivenUp()");
  }

  /** Lets the last of them fail. */
  void fail() {
    browser.run("window.cut()");
  }
}
