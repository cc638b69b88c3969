package org.ocmcore.cache.adapter.http;

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

  static HttpAnswer ok(Record body) {
    return withStatus(200, body);
  }

  static HttpAnswer withStatus(int status, Record body) {
    return new HttpAnswer(status, Map.of(), body);
  }
}
