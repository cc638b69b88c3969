package org.ocmcore.cache.adapter.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Text in columns: the first aligned left, the others, which are numbers, right. */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** Starts with the titles of the columns. */
  Table(String... heads) {
    rows.add(List.of(heads));
  }

  /** Adds a row with one text for each column. */
  void add(List<String> row) {
    if (row.size() != rows.get(0).size()) {
      throw new IllegalArgumentException(row + " does not fit under " + rows.get(0));
    }
    rows.add(List.copyOf(row));
  }

  /** The lines, without trailing spaces. */
  List<String> lines() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  /** Prints the lines, the titles as heads. @param isAlarm which rows stand out, by their number */
  void print(PrintStream out, IntPredicate isAlarm) {
    List<String> lines = lines();
    Style.HEAD.println(out, lines.get(0));
    for (int i = 1; i < lines.size(); i++) {
      Style style = isAlarm.test(i - 1) ? Style.ALARM : Style.PLAIN;
      style.println(out, lines.get(i));
    }
  }

  /** Prints the lines, the titles as heads. */
  void print(PrintStream out) {
    print(out, i -> false);
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder(row.get(0)).append(blanks(row.get(0), widths[0]));
    for (int i = 1; i < widths.length; i++) {
      line.append(GAP).append(blanks(row.get(i), widths[i])).append(row.get(i));
    }
    return line.toString().stripTrailing();
  }

  private static String blanks(String text, int width) {
    return " ".repeat(width - length(text));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
