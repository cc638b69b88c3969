package org.ocmcore.cache.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A Markdown table whose columns are aligned, so that it is readable as plain text. */
public final class ResultTable {
  private static final String COLD = "just started";

  private static final List<Column> COLUMNS = List.of(
      new Column("what", Outcome::what),
      new Column(COLD, Outcome::coldText),
      new Column("ours", Outcome::oursText),
      new Column("reference", Outcome::referenceText),
      new Column("ratio", Outcome::ratioText),
      new Column("target", outcome -> outcome.comparison().target().toString()),
      new Column("met", Outcome::verdict));

  private final List<List<String>> rows = new ArrayList<>();

  /** @param head names of the columns */
  public ResultTable(String... head) {
    rows.add(List.of(head));
  }

  /** A table with one row for each outcome, and a column of the cold state if any has it. */
  public static ResultTable of(List<Outcome> outcomes) {
    boolean withCold = outcomes.stream().anyMatch(outcome -> outcome.cold().isPresent());
    List<Column> columns =
        COLUMNS.stream().filter(column -> withCold || !column.name.equals(COLD)).toList();
    ResultTable table = new ResultTable(columns.stream().map(Column::name).toArray(String[]::new));
    for (Outcome outcome : outcomes) {
      table.add(columns.stream().map(column -> column.cell.apply(outcome)).toArray(String[]::new));
    }
    return table;
  }

  private record Column(String name, Function<Outcome, String> cell) {}

  /** @throws IllegalArgumentException unless there are as many cells as columns */
  public void add(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.length + " cells in a table of " + rows.get(0).size());
    }
    rows.add(List.of(cells));
  }

  @Override
  public String toString() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], cell(row.get(i)).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      append(text, rows.get(i), widths);
      if (i == 0) {
        for (int width : widths) {
          text.append("|-").append("-".repeat(width)).append("-");
        }
        text.append("|\n");
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, List<String> row, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      String cell = cell(row.get(i));
      text.append("| ").append(cell).append(" ".repeat(widths[i] - cell.length() + 1));
    }
    text.append("|\n");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("\\s+", " ");
  }
}
