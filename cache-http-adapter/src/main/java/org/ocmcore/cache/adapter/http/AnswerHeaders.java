package org.ocmcore.cache.adapter.http;

import java.util.Map;
import org.eclipse.jetty.server.Response;

/** The security headers of every answer: browsers must not render, cache or refer to it. */
final class AnswerHeaders {
  private static final Map<String, String> ALL = Map.of(
      "X-Content-Type-Options", "nosniff",
      "Cache-Control", "no-store",
      "Referrer-Policy", "no-referrer",
      "Content-Security-Policy",
          "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

  private AnswerHeaders() {}

  static void put(Response response) {
    ALL.forEach(response.getHeaders()::put);
  }
}
