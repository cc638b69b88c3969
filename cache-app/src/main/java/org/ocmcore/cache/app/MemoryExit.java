package org.ocmcore.cache.app;

import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when it has run out of memory. A service would accept connections and never
 * answer, so its supervisor must start it again. Does what {@code -XX:+ExitOnOutOfMemoryError}
 * does, which a program cannot set for itself.
 */
final class MemoryExit implements Thread.UncaughtExceptionHandler {
  /** There is heap, and a later thread may find room: the process goes on. */
  private static final String NO_THREAD = "unable to create native thread";

  private final PrintStream err;
  private final int status;

  private MemoryExit(PrintStream err, int status) {
    this.err = err;
    this.status = status;
  }

  /** Receives uncaught exceptions from now on; ends the process with this status. */
  static void install(PrintStream err, int status) {
    Thread.setDefaultUncaughtExceptionHandler(new MemoryExit(err, status));
  }

  /** Checks a failure that was caught. */
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
      // Uses little memory, and runs no shutdown hooks: they would find none either.
      err.println("cache: memory is gone, so this process ends; give Java more (-Xmx)");
      Runtime.getRuntime().halt(status);
    }
    Logger log = LoggerFactory.getLogger(MemoryExit.class);
    if (log.isErrorEnabled()) {
      log.error("an exception ends the thread {}", thread.getName(), failure);
    } else {
      err.print("Exception in thread \"" + thread.getName() + "\" ");
      failure.printStackTrace(err);
    }
  }
}
