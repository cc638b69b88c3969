package org.ocmcore.cache.adapter.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Prints each row at once in a line, for rows that come one by one. */
final class LinePrinter<T> implements RowPrinter<T> {
  private static final String GAP = "  ";

  private final List<Column<T>> columns;
  private final boolean isExact;
  private final PrintStream out;

  LinePrinter(List<Column<T>> columns, boolean isExact, PrintStream out) {
    this.columns = columns.stream().filter(Column::isForPeople).toList();
    this.isExact = isExact;
    this.out = out;
  }

  @Override
  public void print(T row) {
    out.println(
        columns.stream().map(column -> column.cell(row, isExact)).collect(Collectors.joining(GAP)));
  }

  @Override
  public void close() {
    // Every row has been printed.
  }
}
