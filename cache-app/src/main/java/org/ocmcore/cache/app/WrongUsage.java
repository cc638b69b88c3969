package org.ocmcore.cache.app;

/** The arguments are wrong. The message names the argument, in one line. */
final class WrongUsage extends RuntimeException {
  private static final long serialVersionUID = 1;

  WrongUsage(String problem) {
    super(problem, null, false, false);
  }
}
