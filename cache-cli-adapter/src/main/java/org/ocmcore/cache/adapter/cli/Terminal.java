package org.ocmcore.cache.adapter.cli;

import java.io.IOException;

/** Detects terminals. */
public final class Terminal {
  private Terminal() {}

  /**
   * Whether standard error is a terminal. {@link System#console()} does not say: before Java 22 it
   * is null unless standard input and output are terminals; later it may never be null. So this
   * asks the system's own {@code test -t} (POSIX); without it the answer is no.
   */
  public static boolean isStandardError() {
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
