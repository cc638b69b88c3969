package org.ocmcore.cache.app;

/** A command that cannot be understood; the message says which part of it, in one line. */
final class WrongUsage extends RuntimeException {
  private static final long serialVersionUID = 1;

  WrongUsage(String problem) {
    super(problem, null, false, false);
  }
}
