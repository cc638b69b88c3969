package org.ocmcore.cache.adapter.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is answered: a status, headers and the fields of a JSON object, in their order. Built by one
 * thread.
 */
final class HttpAnswer {
  private final int status;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private HttpAnswer(int status) {
    this.status = status;
  }

  static HttpAnswer ok() {
    return new HttpAnswer(200);
  }

  static HttpAnswer withStatus(int status) {
    return new HttpAnswer(status);
  }

  /** Adds a header. */
  HttpAnswer header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Adds a field; an {@link Iterable} is written as it is iterated, without being held. */
  HttpAnswer with(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /** Adds fields. */
  HttpAnswer withAll(Map<String, ?> more) {
    fields.putAll(more);
    return this;
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  Map<String, Object> fields() {
    return fields;
  }
}
