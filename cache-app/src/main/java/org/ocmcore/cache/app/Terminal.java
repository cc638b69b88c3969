package org.ocmcore.cache.app;

import java.io.IOException;

/** Tells whether somebody looks. */
final class Terminal {
  private Terminal() {}

  /**
   * Whether standard error is a terminal. {@link System#console()} does not tell: before Java 22 it
   * is null unless standard input and output are terminals, later it may never be null, and none of
   * them asks about standard error. So the system's own {@code test -t} (POSIX) is asked; where
   * there is none, nobody looks.
   */
  static boolean isStandardError() {
    try {
      return new ProcessBuilder("test", "-t", "2")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
