package org.ocmcore.cache.adapter.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Prints aligned columns. Their widths are those of the first {@value #FIRST} rows; later rows may
 * be wider, since rows are not held.
 */
final class TablePrinter<T> implements RowPrinter<T> {
  private static final int FIRST = 1_000;
  private static final String GAP = "  ";

  private final List<Column<T>> columns;
  private final boolean isExact;
  private final PrintStream out;
  private List<List<String>> waiting = new ArrayList<>();
  private int[] widths;

  TablePrinter(List<Column<T>> columns, boolean isExact, PrintStream out) {
    this.columns = columns;
    this.isExact = isExact;
    this.out = out;
  }

  @Override
  public void print(T row) {
    List<String> cells =
        columns.stream().map(column -> column.cell(row, isExact)).toList();
    if (waiting == null) {
      printLine(cells);
      return;
    }
    waiting.add(cells);
    if (waiting.size() == FIRST) {
      printWaiting();
    }
  }

  private void printWaiting() {
    List<String> titles = columns.stream().map(Column::title).toList();
    waiting.add(0, titles);
    widths = IntStream.range(0, columns.size())
        .map(i -> waiting.stream().mapToInt(cells -> width(cells.get(i))).max().orElse(0))
        .toArray();
    waiting.forEach(this::printLine);
    waiting = null;
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private void printLine(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String blanks = " ".repeat(Math.max(0, widths[i] - width(cells.get(i))));
      boolean isRight = columns.get(i).isNumber();
      line.append(i == 0 ? "" : GAP)
          .append(isRight ? blanks : "")
          .append(cells.get(i))
          .append(isRight ? "" : blanks);
    }
    out.println(line.toString().stripTrailing());
  }

  @Override
  public void close() {
    if (waiting != null && !waiting.isEmpty()) {
      printWaiting();
    }
  }
}
