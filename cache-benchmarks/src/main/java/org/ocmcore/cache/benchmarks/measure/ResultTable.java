package org.ocmcore.cache.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table whose columns are aligned, so that it is readable as plain text. */
public final class ResultTable {
  private final List<List<String>> rows = new ArrayList<>();

  /** @param head names of the columns */
  public ResultTable(String... head) {
    rows.add(List.of(head));
  }

  /** A table with one row for each outcome. */
  public static ResultTable of(List<Outcome> outcomes) {
    ResultTable table = new ResultTable("what", "ours", "reference", "ratio", "target", "met");
    for (Outcome outcome : outcomes) {
      table.add(
          outcome.what(),
          outcome.oursText(),
          outcome.referenceText(),
          outcome.ratioText(),
          outcome.comparison().target().toString(),
          outcome.verdict());
    }
    return table;
  }

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
