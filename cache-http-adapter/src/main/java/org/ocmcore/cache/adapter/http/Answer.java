package org.ocmcore.cache.adapter.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is answered: a status, headers and the fields of a JSON object, in their order. Built by one
 * thread.
 */
final class Answer {
  private final int status;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, Object> fields = new LinkedHashMap<>();

  private Answer(int status) {
    this.status = status;
  }

  static Answer ok() {
    return new Answer(200);
  }

  static Answer withStatus(int status) {
    return new Answer(status);
  }

  /** Adds a header. */
  Answer header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Adds a field; an {@link Iterable} is written as it is iterated, without being held. */
  Answer with(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /** Adds fields. */
  Answer withAll(Map<String, ?> more) {
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
