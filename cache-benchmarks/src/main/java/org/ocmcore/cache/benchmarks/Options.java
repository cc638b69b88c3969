package org.ocmcore.cache.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ocmcore.cache.benchmarks.load.KeyNames;
import org.ocmcore.cache.benchmarks.suite.Suites;
import org.ocmcore.cache.benchmarks.suite.Testbed;

/**
 * The options of the command line.
 *
 * @param timePerRow how long a row of the table may take
 * @param sizes the numbers of keys; each has its own table
 * @param suites in the order in which they run
 */
record Options(Duration timePerRow, List<Long> sizes, List<Suites> suites) {
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration FULL = Duration.ofSeconds(30);

  /** @throws IllegalArgumentException if an option is unknown or has a wrong value */
  static Options parse(List<String> arguments) {
    Duration timePerRow = SHORT;
    List<Long> sizes = List.of();
    List<Suites> suites = List.of(Suites.values());
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      String value = parts.length == 2 ? parts[1] : "";
      switch (parts[0]) {
        case "--full" -> {
          if (parts.length == 2) {
            throw unknown(argument);
          }
          timePerRow = FULL;
        }
        case "--keys" -> sizes = split(value).map(Options::size).toList();
        case "--only" -> suites = split(value).map(Suites::named).toList();
        default -> throw unknown(argument);
      }
    }
    if (sizes.isEmpty()) {
      sizes = timePerRow.equals(FULL)
          ? List.of(Testbed.TARGET_KEYS, 3 * Testbed.TARGET_KEYS, 10 * Testbed.TARGET_KEYS)
          : List.of(Testbed.TARGET_KEYS);
    }
    return new Options(timePerRow, sizes, suites);
  }

  private static IllegalArgumentException unknown(String argument) {
    return new IllegalArgumentException("unknown option: " + argument);
  }

  private static Stream<String> split(String value) {
    return Arrays.stream(value.split(",", -1));
  }

  private static long size(String text) {
    String digits = text.replace("_", "");
    long size = digits.matches("[0-9]{1,9}") ? Long.parseLong(digits) : 0;
    if (size == 0 || size % KeyNames.GROUP != 0 || size > KeyNames.MAX_KEYS) {
      throw new IllegalArgumentException("--keys takes thousands of keys up to %,d, not \"%s\""
          .formatted(KeyNames.MAX_KEYS, text));
    }
    return size;
  }

  static String help() {
    StringBuilder suites = new StringBuilder();
    for (Suites suite : Suites.values()) {
      suites.append("                      %-7s %s%n".formatted(suite, suite.description()));
    }
    return """
        Measures how fast Cache App is, against limits and known peers, and prints a table in Markdown.

        usage: bin/bench [option]...
               bin/bench --jmh [option of JMH]...  runs the JMH benchmarks; --jmh -h lists JMH's options

        --full                takes 30 seconds a row instead of 2, and 1, 3 and 10 million keys: over an hour
        --keys=N,N            prints a table for each number of keys, in thousands, at least 1000;
                              the default is 1000000, the number that targets are stated for
        --only=NAME,NAME      runs these suites alone:
        %s
        Exit status: 0 all was measured, 1 something failed, 2 wrong usage.""".formatted(suites);
  }
}
