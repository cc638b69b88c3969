package org.ocmcore.cache.adapter.cli;

import java.util.Set;

/** A service has refused a request, or cannot be asked; the message is for the user. */
final class ServiceProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private static final Set<String> LIMITS = Set.of("too-many-keys", "plan-outgrown");

  private final int exit;

  private ServiceProblem(String message, int exit) {
    super(message, null, false, false);
    this.exit = exit;
  }

  /** The service cannot be asked. */
  static ServiceProblem unreachable(String message) {
    return new ServiceProblem(message, Exit.FAILED);
  }

  /**
   * An answer that is no success.
   *
   * @param kind the last part of the problem's type; empty if it has none
   */
  static ServiceProblem of(int status, String kind, String message) {
    if (LIMITS.contains(kind)) {
      return new ServiceProblem(message, Exit.NOT_CONFIRMED);
    }
    return new ServiceProblem(
        message,
        switch (status) {
          case 400, 422 -> Exit.USAGE;
          case 401, 403 -> Exit.FORBIDDEN;
          case 404 -> Exit.NOT_FOUND;
          default -> Exit.FAILED;
        });
  }

  /** See {@link Exit}. */
  int exit() {
    return exit;
  }
}
