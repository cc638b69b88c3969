package org.ocmcore.cache.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;

/** A table that people can read as it is, and Markdown too. */
public final class ResultTable {
  private final List<List<String>> rows = new ArrayList<>();

  /** @param head the names of the columns */
  public ResultTable(String... head) {
    rows.add(List.of(head));
  }

  /** One with a row for each outcome. */
  public static ResultTable of(List<Outcome> outcomes) {
    ResultTable table = new ResultTable("what", "ours", "reference", "ratio", "target", "met");
    for (Outcome outcome : outcomes) {
      table.add(
          outcome.what(),
          outcome.oursText(),
          outcome.referenceText(),
          outcome.ratioText(),
          outcome.targetText(),
          outcome.verdict());
    }
    return table;
  }

  /**
   * Medians, a column for each size.
   *
   * @param sizes what heads each column
   * @param outcomes of each size
   */
  public static ResultTable ofGrowth(List<String> sizes, List<List<Outcome>> outcomes) {
    List<String> head = new ArrayList<>(List.of("what"));
    head.addAll(sizes);
    ResultTable table = new ResultTable(head.toArray(String[]::new));
    for (Outcome first : outcomes.get(0)) {
      List<String> row = new ArrayList<>(List.of(first.what()));
      for (List<Outcome> size : outcomes) {
        row.add(size.stream()
            .filter(outcome -> outcome.what().equals(first.what()))
            .map(Outcome::shortText)
            .findFirst()
            .orElse(""));
      }
      table.add(row.toArray(String[]::new));
    }
    return table;
  }

  /** Adds a row of as many cells as the head has. */
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
