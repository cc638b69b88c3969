package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;

/**
 * A problem as RFC 9457 has it.
 *
 * @param instance the path of the request
 * @param requestId the id of the request, which the log has as well; left out where the problem is
 *     that of a job
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
    @JsonInclude(Include.NON_ABSENT) Optional<String> requestId,
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
        Optional.empty(),
        kind.title(),
        problem.facts(),
        problem.partial());
  }

  /** The same as the answer to the request with this id. */
  ProblemAnswer ofRequest(String id) {
    return new ProblemAnswer(
        type, title, status, detail, instance, Optional.of(id), error, facts, partial);
  }
}
