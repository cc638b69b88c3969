package org.ocmcore.cache.adapter.cli;

import java.io.PrintStream;

/**
 * A line of a terminal that is drawn again and again, and vanishes at the end. For use by one
 * thread at a time.
 */
final class DrawnLine implements AutoCloseable {
  /** What a terminal shows behind the line after these keys. */
  private static final String INTERRUPT = "^C";

  private final PrintStream err;

  /** The width of the text in the line. */
  private int drawn;

  DrawnLine(PrintStream err) {
    this.err = err;
  }

  /** Spaces erase on every terminal, unlike control sequences. */
  void draw(String text) {
    err.print("\r" + text + " ".repeat(Math.max(0, drawn - text.length())));
    err.flush();
    drawn = text.length();
  }

  @Override
  public void close() {
    if (drawn > 0) {
      drawn += INTERRUPT.length();
      draw("");
      err.print("\r");
      err.flush();
    }
  }
}
