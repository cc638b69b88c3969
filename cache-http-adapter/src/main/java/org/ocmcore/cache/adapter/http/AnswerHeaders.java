package org.ocmcore.cache.adapter.http;

import java.util.Map;
import org.eclipse.jetty.server.Response;

/** The headers that every answer has: browsers take none for a page, keep none and tell nobody. */
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
