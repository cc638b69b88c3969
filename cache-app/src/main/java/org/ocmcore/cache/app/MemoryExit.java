package org.ocmcore.cache.app;

import java.io.PrintStream;

/**
 * Ends the process when its memory is gone: a service would accept connections and never answer. A
 * supervisor starts it again. It does what {@code -XX:+ExitOnOutOfMemoryError} does, which no
 * program can set for itself, for a Java machine that was started without it.
 */
final class MemoryExit implements Thread.UncaughtExceptionHandler {
  /** There is memory, and a later thread may have room again: the Java machine goes on, too. */
  private static final String NO_THREAD = "unable to create native thread";

  private final PrintStream err;
  private final int status;

  private MemoryExit(PrintStream err, int status) {
    this.err = err;
    this.status = status;
  }

  /** Is told of what no thread catches from now on, and ends the process with this status. */
  static void install(PrintStream err, int status) {
    Thread.setDefaultUncaughtExceptionHandler(new MemoryExit(err, status));
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
      Runtime.getRuntime().halt(status);
    }
    err.print("Exception in thread \"" + thread.getName() + "\" ");
    failure.printStackTrace(err);
  }
}
