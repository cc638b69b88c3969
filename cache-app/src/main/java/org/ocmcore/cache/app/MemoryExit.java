package org.ocmcore.cache.app;

import java.io.PrintStream;

/**
 * Ends the process when its memory is gone: it would accept connections and never answer. A
 * supervisor starts it again. It does what {@code -XX:+ExitOnOutOfMemoryError} does, which no
 * program can set for itself, for a Java machine that was started without it.
 */
final class MemoryExit implements Thread.UncaughtExceptionHandler {
  /** That of {@code -XX:+ExitOnOutOfMemoryError}. */
  private static final int STATUS = 3;

  /** There is memory, and a later thread may have room again: the Java machine goes on, too. */
  private static final String NO_THREAD = "unable to create native thread";

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
    if (isOutOfMemory(failure)) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }
  }

  private static boolean isOutOfMemory(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return !String.valueOf(cause.getMessage()).startsWith(NO_THREAD);
      }
    }
    return false;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    if (isOutOfMemory(failure)) {
      // Nothing that takes much memory, and no shutdown hooks: they would find none either.
      err.println("cache: memory is gone, so this process ends; give Java more (-Xmx)");
      Runtime.getRuntime().halt(STATUS);
    }
    err.print("Exception in thread \"" + thread.getName() + "\" ");
    failure.printStackTrace(err);
  }
}
