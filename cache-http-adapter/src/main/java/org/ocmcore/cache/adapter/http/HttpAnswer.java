package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Map;

/**
 * An answer before it is written.
 *
 * @param body a record that becomes a JSON object; an {@link Iterable} in it is written while it is
 *     iterated, and never held as a whole
 */
record HttpAnswer(int status, Map<String, String> headers, Record body) {
  HttpAnswer {
    headers = Map.copyOf(headers);
  }

  /** The same with a hint beside the other members. */
  HttpAnswer with(String hint) {
    return body instanceof Hinted hinted
        ? new HttpAnswer(status, headers, new Hinted(hinted.body, hinted.hint + "; " + hint))
        : new HttpAnswer(status, headers, new Hinted(body, hint));
  }

  /** @param hint what the client has probably meant, or should know */
  private record Hinted(@JsonUnwrapped Record body, String hint) {}

  static HttpAnswer ok(Record body) {
    return withStatus(200, body);
  }

  static HttpAnswer withStatus(int status, Record body) {
    return new HttpAnswer(status, Map.of(), body);
  }
}
