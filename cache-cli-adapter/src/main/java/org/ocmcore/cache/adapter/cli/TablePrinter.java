package org.ocmcore.cache.adapter.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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
  private final Predicate<T> isAlarm;
  private final PrintStream out;
  private List<Line> waiting = new ArrayList<>();
  private int[] widths;

  private record Line(Style style, List<String> cells) {}

  /** @param isAlarm which rows stand out */
  TablePrinter(List<Column<T>> columns, boolean isExact, Predicate<T> isAlarm, PrintStream out) {
    this.columns = columns.stream().filter(Column::isForPeople).toList();
    this.isExact = isExact;
    this.isAlarm = isAlarm;
    this.out = out;
  }

  @Override
  public void print(T row) {
    Line line = new Line(
        isAlarm.test(row) ? Style.ALARM : Style.PLAIN,
        columns.stream().map(column -> column.cell(row, isExact)).toList());
    if (waiting == null) {
      printLine(line);
      return;
    }
    waiting.add(line);
    if (waiting.size() == FIRST) {
      printWaiting();
    }
  }

  private void printWaiting() {
    List<String> titles = columns.stream().map(Column::title).toList();
    waiting.add(0, new Line(Style.HEAD, titles));
    widths = IntStream.range(0, columns.size())
        .map(i ->
            waiting.stream().mapToInt(line -> width(line.cells().get(i))).max().orElse(0))
        .toArray();
    waiting.forEach(this::printLine);
    waiting = null;
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private void printLine(Line row) {
    List<String> cells = row.cells();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String blanks = " ".repeat(Math.max(0, widths[i] - width(cells.get(i))));
      boolean isRight = columns.get(i).isNumber();
      line.append(i == 0 ? "" : GAP)
          .append(isRight ? blanks : "")
          .append(cells.get(i))
          .append(isRight ? "" : blanks);
    }
    row.style().println(out, line.toString().stripTrailing());
  }

  @Override
  public void close() {
    if (waiting != null && !waiting.isEmpty()) {
      printWaiting();
    }
  }
}
