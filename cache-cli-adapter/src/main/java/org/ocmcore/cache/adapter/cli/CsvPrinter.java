package org.ocmcore.cache.adapter.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Prints comma-separated values with a header (RFC 4180). */
final class CsvPrinter<T> implements RowPrinter<T> {
  private final List<Column<T>> columns;
  private final PrintStream out;

  CsvPrinter(List<Column<T>> columns, PrintStream out) {
    this.columns = columns;
    this.out = out;
    out.println(columns.stream().map(Column::name).collect(Collectors.joining(",")));
  }

  @Override
  public void print(T row) {
    out.println(columns.stream()
        .map(column -> quoted(column.plain().apply(row)))
        .collect(Collectors.joining(",")));
  }

  /** Also what other separators would split: many spreadsheets take semicolons or tabs. */
  private static String quoted(String text) {
    return text.matches("[^\",;\\t\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() {
    // Every row has been printed.
  }
}
