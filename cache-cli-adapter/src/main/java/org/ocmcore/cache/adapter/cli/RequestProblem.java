package org.ocmcore.cache.adapter.cli;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A request was refused, or the service cannot be asked; the message is for the user. */
final class RequestProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What a service says in a sentence is shorter. */
  private static final int SHOWN = 2_000;

  private final int exit;
  private final transient Optional<JsonNode> body;
  private final boolean isUncertain;

  private RequestProblem(String message, int exit, Optional<JsonNode> body, boolean isUncertain) {
    super(message, null, false, false);
    this.exit = exit;
    this.body = body;
    this.isUncertain = isUncertain;
  }

  /** What a service says, as much as is shown of it. */
  static String shortened(String text) {
    return TerminalText.shortened(text, SHOWN);
  }

  /** The service cannot be asked, or did not say what came of the request. */
  static RequestProblem unreachable(String message) {
    return new RequestProblem(shortened(message), Exit.FAILED, Optional.empty(), true);
  }

  /** There is no connection, so nothing was sent. */
  static RequestProblem unsent(String message) {
    return new RequestProblem(shortened(message), Exit.FAILED, Optional.empty(), false);
  }

  /** What is known of a request without the API, as a status of it says. */
  static RequestProblem of(int status, String message) {
    return new RequestProblem(shortened(message), exit(status), Optional.empty(), false);
  }

  /** An answer of something else than a service. It says nothing about keys. */
  static RequestProblem foreign(int status, String address) {
    int exit = exit(status) == Exit.FORBIDDEN ? Exit.FORBIDDEN : Exit.FAILED;
    return new RequestProblem(
        "%s answered %d; is this the address of a service of Cache App?".formatted(address, status),
        exit,
        Optional.empty(),
        true);
  }

  /**
   * A problem of the API.
   *
   * @param kind the last part of its type
   * @param body all of it
   */
  static RequestProblem of(int status, String kind, String message, JsonNode body) {
    int exit = switch (kind) {
      case "too-many-keys", "plan-outgrown", "precondition-failed", "other-target" ->
        Exit.NOT_CONFIRMED;
      case "dump-unusable" -> Exit.DAMAGED;
      default -> exit(status);
    };
    String remedy =
        kind.equals("unauthorized") ? "; CACHE_TOKEN or --token-file gives the token" : "";
    return new RequestProblem(shortened(message) + remedy, exit, Optional.of(body), false);
  }

  /** A problem of the API that stands in an answer. @throws RequestProblem if it is none */
  static RequestProblem of(JsonNode problem) {
    String type = problem.path("type").asString("");
    return of(
        problem.path("status").asInt(0),
        type.substring(type.lastIndexOf(':') + 1),
        problem.path("detail").asString(problem.path("error").asString("")),
        problem);
  }

  private static int exit(int status) {
    return switch (status) {
      case 400, 422 -> Exit.USAGE;
      case 401, 403 -> Exit.FORBIDDEN;
      case 404 -> Exit.NOT_FOUND;
      default -> Exit.FAILED;
    };
  }

  /** The same with more words. */
  RequestProblem saying(String more) {
    return new RequestProblem(getMessage() + more, exit, body, isUncertain);
  }

  /** Whether the request may have been executed all the same. */
  boolean isUncertain() {
    return isUncertain;
  }

  /** See {@link Exit}. */
  int exit() {
    return exit;
  }

  /** What kind of problem it is, a URI; empty if it is none of the API. */
  Optional<String> type() {
    return body.flatMap(problem -> problem.path("type").asStringOpt())
        .map(RequestProblem::shortened);
  }

  /** What the problem says beside its message; empty if it is none of the API. */
  Optional<JsonNode> body() {
    return body;
  }
}
