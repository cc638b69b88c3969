package org.ocmcore.cache.app;

/** What tests of the console execute before the scripts of a page. */
final class ConsoleScripts {
  /** Notes what a page must not do, before any script of it runs. */
  static final String WATCH = """
      window.broken = [];
      window.waits = [];
      window.cameUp = Infinity;
      const comeUp = () => { window.cameUp = performance.now(); };
      document.addEventListener('DOMContentLoaded', comeUp);
      addEventListener('pageshow', comeUp);
      addEventListener('focus', comeUp);
      document.addEventListener('visibilitychange', comeUp);
      const later = window.setTimeout;
      window.setTimeout = (action, wait, ...more) => {
        window.waits.push(wait);
        return later(action, wait, ...more);
      };
      document.addEventListener('securitypolicyviolation',
          (event) => window.broken.push(event.violatedDirective + ' ' + event.blockedURI));
      addEventListener('error', (event) => window.broken.push('error: ' + event.message));
      addEventListener('unhandledrejection', (event) => window.broken.push('rejected: ' + event.reason));
      if (navigator.clipboard) {
        const write = navigator.clipboard.writeText.bind(navigator.clipboard);
        navigator.clipboard.writeText = (text) => write(text).then(() => { window.copied = text; });
      }
      for (const name of ['alert', 'confirm', 'prompt', 'open']) {
        window[name] = () => window.broken.push(name + ' was called');
      }
      """;

  /** Answers what {@code window.answers} says instead of the service, path by path. */
  static final String FAKE_ANSWERS = """
      window.answers = {};
      const real = window.fetch;
      window.fetch = (url, options) => {
        const path = Object.keys(window.answers).find((part) => String(url).includes(part));
        if (!path) {
          return real(url, options);
        }
        const answer = window.answers[path];
        if (answer.status === 0) {
          return new Promise((nothing, reject) =>
              options.signal.addEventListener('abort', () => reject(options.signal.reason)));
        }
        return Promise.resolve(new Response(JSON.stringify(answer.body), {
          status: answer.status,
          headers: { 'Content-Type': 'application/problem+json', ...answer.headers },
        }));
      };
      """;

  private ConsoleScripts() {}
}
