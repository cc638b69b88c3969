package org.ocmcore.cache.adapter.cli;

import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The standard output for long results: buffered, in UTF-8. For use by one thread. */
final class ResultStream implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int ROWS_BETWEEN_CHECKS = 1_000;

  private final PrintStream raw;
  private final PrintStream printable;
  private int rows;

  ResultStream(CommandContext context) {
    raw = new PrintStream(
        new BufferedOutputStream(context.rawOut(), BUFFER_BYTES), false, StandardCharsets.UTF_8);
    printable = new PrintableStream(raw, false, context.colors()::onOut);
  }

  /** Escapes what is not printable. */
  PrintStream out() {
    return printable;
  }

  /** Escapes nothing. */
  PrintStream raw() {
    return raw;
  }

  /**
   * To be called after each row.
   *
   * @throws Unwritable if rows can no longer be written
   */
  void rowPrinted() {
    if (++rows % ROWS_BETWEEN_CHECKS == 0 && raw.checkError()) {
      throw new Unwritable();
    }
  }

  @Override
  public void close() {
    raw.flush();
  }

  /** Nothing more can be written, for example since {@code head} has gone. */
  static final class Unwritable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unwritable() {
      super("the output takes nothing more", null, false, false);
    }
  }
}
