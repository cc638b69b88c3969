package org.ocmcore.cache.adapter.http;

import io.javalin.http.Header;
import java.time.Duration;
import java.util.Map;

/**
 * A problem before it is answered.
 *
 * @param detail what is wrong this time, for people
 * @param facts further members of the answer about this kind of problem; null if there are none
 * @param partial members of the answer about what was done or read nevertheless; null if nothing
 *     was
 * @param retryAfter seconds after which it may be over; 0 if it will not be
 */
record Problem(Kind kind, String detail, Record facts, Record partial, long retryAfter) {
  static final String CONTENT_TYPE = "application/problem+json";

  private static final int MAX_DETAIL = 4_000;

  Problem(Kind kind, String detail) {
    this(kind, detail, null);
  }

  Problem(Kind kind, String detail, Record facts) {
    this(kind, detail, facts, null, kind.status() == 503 ? 1 : 0);
  }

  /** The headers that an answer has because of this. */
  Map<String, String> headers() {
    if (kind == Kind.UNAUTHORIZED) {
      return Map.of(Header.WWW_AUTHENTICATE, "Bearer realm=\"Cache App\"");
    }
    return retryAfter > 0 ? Map.of(Header.RETRY_AFTER, Long.toString(retryAfter)) : Map.of();
  }

  /** The same, with what was read nevertheless. */
  Problem with(NamedValuesAnswer values) {
    return new Problem(kind, detail, facts, values, retryAfter);
  }

  /** The same, with what became of every key, which has all counts that the problem has. */
  Problem with(BulkAnswer.Account account) {
    return new Problem(kind, detail, null, account, retryAfter);
  }

  /** The same, with what became of every entry. */
  Problem with(RestoreAnswer.Account account) {
    return new Problem(kind, detail, facts, account, retryAfter);
  }

  /** The same; of a long detail, which repeats what was sent, the middle is left out. */
  Problem shortened() {
    int half = MAX_DETAIL / 2;
    return detail.length() <= MAX_DETAIL
        ? this
        : new Problem(
            kind,
            detail.substring(0, half) + " … " + detail.substring(detail.length() - half),
            facts,
            partial,
            retryAfter);
  }

  /** The same, and it may be over after this time. */
  Problem retriedAfter(Duration wait) {
    return new Problem(kind, detail, facts, partial, wait.toSeconds());
  }

  /** The same, and to ask again is of no use. */
  Problem lasting() {
    return new Problem(kind, detail, facts, partial, 0);
  }
}
