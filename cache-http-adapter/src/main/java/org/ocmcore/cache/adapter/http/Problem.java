package org.ocmcore.cache.adapter.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A problem as RFC 9457 has it, before it is written.
 *
 * @param detail what is wrong this time, for people
 * @param more further members of the answer
 * @param passing whether it may be over when the client asks again
 */
record Problem(Kind kind, String detail, Map<String, Object> more, boolean passing) {
  static final String CONTENT_TYPE = "application/problem+json";

  private static final int MAX_DETAIL = 4_000;

  Problem(Kind kind, String detail) {
    this(kind, detail, Map.of());
  }

  Problem(Kind kind, String detail, Map<String, Object> more) {
    this(kind, detail, more, kind.status() == 503);
  }

  /** The same, with further members. */
  Problem with(Map<String, Object> others) {
    Map<String, Object> all = new LinkedHashMap<>(more);
    all.putAll(others);
    return new Problem(kind, detail, all, passing);
  }

  /** The same; of a long detail, which repeats what was sent, the middle is left out. */
  Problem shortened() {
    int half = MAX_DETAIL / 2;
    return detail.length() <= MAX_DETAIL
        ? this
        : new Problem(
            kind,
            detail.substring(0, half) + " … " + detail.substring(detail.length() - half),
            more,
            passing);
  }

  /** The same, and to ask again is of no use. */
  Problem lasting() {
    return new Problem(kind, detail, more, false);
  }

  /** The members of the answer; {@code error} repeats the title for clients of the original API. */
  Map<String, Object> members(String instance) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", kind.type());
    members.put("title", kind.title());
    members.put("status", kind.status());
    members.put("detail", detail);
    members.put("instance", instance);
    members.put("error", kind.title());
    members.putAll(more);
    return members;
  }
}
