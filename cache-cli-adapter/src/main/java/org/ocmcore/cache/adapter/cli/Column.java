package org.ocmcore.cache.adapter.cli;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A column of a table.
 *
 * @param name that of the field in the API, which heads it in CSV
 * @param title what heads it in a table; empty if no table has it
 * @param isNumber whether it is aligned right
 * @param plain the text for programs; empty if there is none
 * @param human the text for people
 */
record Column<T>(
    String name,
    String title,
    boolean isNumber,
    Function<T, String> plain,
    Function<T, String> human) {
  private static final String NONE = "-";
  private static final int HUNDRED = 100;

  static <T> Column<T> text(String name, String title, Function<T, String> text) {
    return new Column<>(name, title, false, text, text);
  }

  /** A key in its readable form, on one line. */
  static <T> Column<T> key(String name, String title, Function<T, String> text) {
    return text(name, title, row -> TerminalText.key(text.apply(row)));
  }

  static <T> Column<T> flag(String name, String title, Predicate<T> flag) {
    return new Column<>(
        name,
        title,
        false,
        row -> Boolean.toString(flag.test(row)),
        row -> flag.test(row) ? "yes" : "no");
  }

  static <T> Column<T> count(String name, String title, Function<T, OptionalLong> number) {
    return number(name, title, number, Formats::count);
  }

  static <T> Column<T> bytes(String name, String title, Function<T, OptionalLong> number) {
    return number(name, title, number, Formats::bytes);
  }

  /** Seconds; there are none for what never ends. */
  static <T> Column<T> ttl(String name, String title, Function<T, OptionalLong> seconds) {
    Column<T> known = number(name, title, seconds, Durations::text);
    return new Column<>(
        name,
        title,
        true,
        known.plain,
        row -> seconds.apply(row).isPresent() ? known.human.apply(row) : "never");
  }

  static <T> Column<T> seconds(String name, String title, Function<T, OptionalLong> seconds) {
    return number(name, title, seconds, Durations::text);
  }

  /** A number with decimals. */
  static <T> Column<T> decimal(
      String name, String title, Function<T, OptionalDouble> number, DoubleFunction<String> human) {
    return new Column<>(
        name,
        title,
        true,
        row ->
            number.apply(row).isPresent() ? Double.toString(number.apply(row).getAsDouble()) : "",
        row -> number.apply(row).isPresent() ? human.apply(number.apply(row).getAsDouble()) : NONE);
  }

  /** A share, 0 to 1, which people see in percent. */
  static <T> Column<T> ratio(String name, String title, Function<T, OptionalDouble> ratio) {
    return decimal(name, title, ratio, share -> Math.round(share * HUNDRED) + " %");
  }

  private static <T> Column<T> number(
      String name, String title, Function<T, OptionalLong> number, Function<Long, String> human) {
    return new Column<>(
        name,
        title,
        true,
        row -> number.apply(row).isPresent() ? Long.toString(number.apply(row).getAsLong()) : "",
        row -> number.apply(row).isPresent() ? human.apply(number.apply(row).getAsLong()) : NONE);
  }

  /** The same for CSV alone: tables have no room for it, or say it in another way. */
  Column<T> forPrograms() {
    return new Column<>(name, "", isNumber, plain, human);
  }

  /** Whether tables have it. */
  boolean isForPeople() {
    return !title.isEmpty();
  }

  /** The text in a table. @param isExact whether numbers are plain */
  String cell(T row, boolean isExact) {
    if (!isExact || !isNumber) {
      return human.apply(row);
    }
    String exact = plain.apply(row);
    return exact.isEmpty() ? human.apply(row) : exact;
  }
}
