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
    return isTerminal("2");
  }

  /** The same for standard output. */
  public static boolean isStandardOutput() {
    return isTerminal("1");
  }

  /** The same for standard input. */
  static boolean isStandardInput() {
    return isTerminal("0");
  }

  private static boolean isTerminal(String descriptor) {
    try {
      return new ProcessBuilder("test", "-t", descriptor)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
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
