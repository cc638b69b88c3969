package org.ocmcore.cache.adapter.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** How a verb prints its result. */
final class OutputOptions implements CheckedOptions {
  private static final List<String> FORMATS = List.of("table", "json", "ndjson", "csv");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json|ndjson|csv",
      description = "the form of the result (default table)")
  private String format = "table";

  @Option(names = "--exact", description = "bytes and seconds as plain numbers in tables")
  private boolean isExact;

  /** A number of bytes for people, or as it is. */
  String bytes(long bytes) {
    return isExact ? Long.toString(bytes) : Formats.bytes(bytes);
  }

  /** A number of seconds for people, or as it is. */
  String seconds(long seconds) {
    return isExact ? Long.toString(seconds) : Durations.text(seconds);
  }

  /** Whether it is a table for people. */
  boolean isTable() {
    return format().equals("table");
  }

  /** Whether it is JSON: one object, or a line for each. */
  boolean isAnyJson() {
    return format().endsWith("json");
  }

  /** Whether it is a JSON object a line. */
  boolean isStream() {
    return format().equals("ndjson");
  }

  /** Whether the result is one JSON object. */
  boolean isJson() {
    return format().equals("json");
  }

  /** Whether arguments ask for JSON; says so as well if other arguments are wrong. */
  static boolean areJson(List<String> arguments) {
    for (int i = 0; i < arguments.size() && !arguments.get(i).equals("--"); i++) {
      String word = arguments.get(i);
      boolean isOption = word.equals("-o") || word.equals("--output");
      String value = isOption && i + 1 < arguments.size()
          ? arguments.get(i + 1)
          : word.replaceFirst("^(--output=|-o=?)", "");
      if ((isOption || !value.equals(word)) && value.matches("json|ndjson")) {
        return true;
      }
    }
    return false;
  }

  /** @throws WrongUsage if there is no such form */
  @Override
  public void check() {
    format();
  }

  private String format() {
    if (!FORMATS.contains(format)) {
      throw FilterOptions.wrong("--output", format, "it must be " + String.join(", ", FORMATS));
    }
    return format;
  }

  /**
   * Prints a list.
   *
   * @param whole the answer with the rows, for JSON
   */
  <T> void print(Object whole, List<T> rows, List<Column<T>> columns, CommandContext context) {
    print(whole, rows, columns, row -> false, context);
  }

  /** The same. @param isAlarm which rows of a table for people stand out */
  <T> void print(
      Object whole,
      List<T> rows,
      List<Column<T>> columns,
      Predicate<T> isAlarm,
      CommandContext context) {
    if (isJson()) {
      context.out().println(JsonOutput.line(whole));
      return;
    }
    try (RowPrinter<T> printer = printer(columns, isAlarm, context.out())) {
      rows.forEach(printer::print);
    }
  }

  /** A printer that shows each row at once, a line each. */
  <T> RowPrinter<T> lines(List<Column<T>> columns, PrintStream out) {
    return switch (format()) {
      case "json", "ndjson" -> new JsonLinesPrinter<>(out);
      case "csv" -> new CsvPrinter<>(columns, out);
      default -> new LinePrinter<>(columns, isExact, out);
    };
  }

  /** A printer of rows in this form. */
  <T> RowPrinter<T> printer(List<Column<T>> columns, PrintStream out) {
    return printer(columns, row -> false, out);
  }

  /** The same. @param isAlarm which rows of a table for people stand out */
  <T> RowPrinter<T> printer(List<Column<T>> columns, Predicate<T> isAlarm, PrintStream out) {
    return switch (format()) {
      case "csv" -> new CsvPrinter<>(columns, out);
      case "ndjson" -> new JsonLinesPrinter<>(out);
      case "json" -> throw new IllegalStateException("an answer is one object in JSON");
      default -> new TablePrinter<>(columns, isExact, isAlarm, out);
    };
  }
}
