package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A problem as RFC 9457 has it.
 *
 * @param instance the path of the request
 * @param error the title again, for clients of the original API
 * @param facts further members about this kind of problem; null, and so left out, if there are none
 * @param partial members of what was done or read nevertheless; null likewise
 */
record ProblemAnswer(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    String error,
    @JsonUnwrapped Record facts,
    @JsonUnwrapped Record partial) {
  static ProblemAnswer of(Problem problem, String instance) {
    Kind kind = problem.kind();
    return new ProblemAnswer(
        kind.type(),
        kind.title(),
        kind.status(),
        problem.detail(),
        instance,
        kind.title(),
        problem.facts(),
        problem.partial());
  }
}
