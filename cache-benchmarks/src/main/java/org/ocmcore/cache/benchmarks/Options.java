package org.ocmcore.cache.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ocmcore.cache.benchmarks.load.KeyNames;
import org.ocmcore.cache.benchmarks.suite.Stage;
import org.ocmcore.cache.benchmarks.suite.Suites;

/**
 * What the command line asks for.
 *
 * @param isFull whether it may take long
 * @param sizes how many keys, for each table; thousands
 * @param suites what is measured of them
 * @param withShapes whether the shapes of clusters are measured
 * @param settings of the service, by name
 */
record Options(
    boolean isFull,
    List<Long> sizes,
    List<Suites> suites,
    boolean withShapes,
    Map<String, String> settings) {
  private static final String SHAPES = "shapes";

  /** @throws IllegalArgumentException if it asks for what there is not */
  static Options parse(List<String> arguments) {
    boolean isFull = arguments.contains("--full");
    List<Long> sizes = isFull
        ? List.of(Stage.YARDSTICK, 3 * Stage.YARDSTICK, 10 * Stage.YARDSTICK)
        : List.of(Stage.YARDSTICK);
    List<Suites> suites = Arrays.stream(Suites.values())
        .filter(suite -> isFull || suite.isInShort())
        .toList();
    boolean withShapes = true;
    Map<String, String> settings = new LinkedHashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      String value = parts.length == 2 ? parts[1] : "";
      switch (parts[0]) {
        case "--full" -> {
          if (parts.length == 2) {
            throw unknown(argument);
          }
        }
        case "--keys" -> sizes = list(value).map(Options::size).toList();
        case "--only" -> {
          List<String> names = new ArrayList<>(list(value).toList());
          withShapes = names.remove(SHAPES);
          suites = names.stream().map(Suites::named).toList();
        }
        case "--setting" -> {
          String[] setting = value.split("=", 2);
          if (setting.length < 2) {
            throw new IllegalArgumentException("write --setting=NAME=VALUE");
          }
          settings.put(setting[0], setting[1]);
        }
        default -> throw unknown(argument);
      }
    }
    return new Options(isFull, sizes, suites, withShapes, Map.copyOf(settings));
  }

  private static IllegalArgumentException unknown(String argument) {
    return new IllegalArgumentException("unknown option: " + argument);
  }

  private static Stream<String> list(String value) {
    return Arrays.stream(value.split(",", -1));
  }

  private static long size(String text) {
    String digits = text.replace("_", "");
    if (!digits.matches("[0-9]{1,9}")
        || Long.parseLong(digits) % KeyNames.GROUP != 0
        || Long.parseLong(digits) == 0
        || Long.parseLong(digits) > KeyNames.MAX_KEYS) {
      throw new IllegalArgumentException("--keys takes thousands of keys up to %,d, not \"%s\""
          .formatted(KeyNames.MAX_KEYS, text));
    }
    return Long.parseLong(digits);
  }

  static String help() {
    StringBuilder help = new StringBuilder("""
        Measures how fast Cache App is, beside what it could be, and prints a table in Markdown.

        usage: bin/bench [--full] [option]...   under five minutes; --full: an hour and more
               bin/bench --jmh [JMH's options]  what is inside; --jmh -h tells JMH's options

        --keys=N,N        a table for each so many keys, thousands; 1000000, or with --full up to 10000000
        --only=NAME,NAME  measures these parts alone:
        """);
    for (Suites suite : Suites.values()) {
      help.append("                  %-8s %s%s%n"
          .formatted(suite, suite.about(), suite.isInShort() ? "" : " (else with --full alone)"));
    }
    return help.append(
            "                  %-8s shapes of items as real clusters have them%n".formatted(SHAPES))
        .append(
            "--setting=NAME=VALUE  a setting of the service that is measured; may be repeated\n\n")
        .append("Exit status: 0 measured, 1 something failed, 2 wrong usage.")
        .toString();
  }
}
