package org.ocmcore.cache.adapter.cli;

/** The arguments of a command are wrong; the message is for the user. */
final class WrongUsage extends RuntimeException {
  private static final long serialVersionUID = 1;

  WrongUsage(String message) {
    super(message, null, false, false);
  }
}
