package org.ocmcore.cache.adapter.http;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;

/** The security headers of every answer: browsers must not render, cache or refer to it. */
final class AnswerHeaders {
  private static final List<HttpField> ALL = List.of(
      new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
      new PreEncodedHttpField("Cache-Control", "no-store"),
      new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
      new PreEncodedHttpField(
          "Content-Security-Policy",
          "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"));

  private AnswerHeaders() {}

  static void put(Response response) {
    HttpFields.Mutable headers = response.getHeaders();
    ALL.forEach(headers::put);
  }
}
