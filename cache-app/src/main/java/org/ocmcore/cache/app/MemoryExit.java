package org.ocmcore.cache.app;

import java.io.PrintStream;

/**
 * Ends the process when its memory is gone, since what would be left of it answers nobody: whoever
 * runs it starts it again. It does what {@code -XX:+ExitOnOutOfMemoryError} does, which no program
 * can set for itself, for a Java machine that was started without it.
 */
final class MemoryExit implements Thread.UncaughtExceptionHandler {
  /** That of {@code -XX:+ExitOnOutOfMemoryError}. */
  private static final int STATUS = 3;

  private final PrintStream err;

  private MemoryExit(PrintStream err) {
    this.err = err;
  }

  /** Is told of what no thread catches from now on. */
  static void install(PrintStream err) {
    Thread.setDefaultUncaughtExceptionHandler(new MemoryExit(err));
  }

  /** Tells it of a failure that was caught. */
  static void consider(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      // Nothing that takes much memory, and no shutdown hooks: they would find none either.
      err.println("cache: memory is gone, so this process ends; give Java more (-Xmx)");
      Runtime.getRuntime().halt(STATUS);
    }
    err.print("Exception in thread \"" + thread.getName() + "\" ");
    failure.printStackTrace(err);
  }
}
