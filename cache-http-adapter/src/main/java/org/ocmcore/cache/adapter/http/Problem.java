package org.ocmcore.cache.adapter.http;

/**
 * A problem before it is answered.
 *
 * @param detail what is wrong this time, for people
 * @param facts further members of the answer about this kind of problem; null if there are none
 * @param partial members of the answer about what was done or read nevertheless; null if nothing
 *     was
 * @param passing whether it may be over when the client asks again
 */
record Problem(Kind kind, String detail, Record facts, Record partial, boolean passing) {
  static final String CONTENT_TYPE = "application/problem+json";

  private static final int MAX_DETAIL = 4_000;

  Problem(Kind kind, String detail) {
    this(kind, detail, null);
  }

  Problem(Kind kind, String detail, Record facts) {
    this(kind, detail, facts, null, kind.status() == 503);
  }

  /** The same, with what was read nevertheless. */
  Problem with(NamedValuesAnswer values) {
    return new Problem(kind, detail, facts, values, passing);
  }

  /** The same, with what became of every key, which has all counts that the problem has. */
  Problem with(BulkAnswer.Account account) {
    return new Problem(kind, detail, null, account, passing);
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
            passing);
  }

  /** The same, and to ask again is of no use. */
  Problem lasting() {
    return new Problem(kind, detail, facts, partial, false);
  }
}
