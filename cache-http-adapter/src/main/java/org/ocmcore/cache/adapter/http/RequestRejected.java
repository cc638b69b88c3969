package org.ocmcore.cache.adapter.http;

/** A request is rejected; carries the problem for the client. */
final class RequestRejected extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  RequestRejected(Kind kind, String detail) {
    super(detail, null, false, false);
    problem = new Problem(kind, detail);
  }

  RequestRejected(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
