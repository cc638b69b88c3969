package org.ocmcore.cache.adapter.cli;

import java.io.PrintStream;

/** Prints a line in words for each server and interval. */
final class TopLinePrinter implements RowPrinter<TopRow> {
  private final PrintStream out;

  TopLinePrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void print(TopRow row) {
    Style style = row.isDown() ? Style.ALARM : Style.PLAIN;
    style.println(out, TopColumns.line(row));
  }

  @Override
  public void close() {
    // Every row has been printed.
  }
}
