package org.ocmcore.cache.adapter.cli;

import java.io.PrintStream;

/** Prints each row as a JSON object in a line. */
final class JsonLinesPrinter<T> implements RowPrinter<T> {
  private final PrintStream out;

  JsonLinesPrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void print(T row) {
    out.println(JsonOutput.line(row));
  }

  @Override
  public void close() {
    // Every row has been printed.
  }
}
