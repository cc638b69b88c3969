package org.ocmcore.cache.adapter.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the user of {@code cache top} has chosen by keys. Immutable.
 *
 * @param isPaused whether the figures stay as they are
 * @param isHelp whether the keys are explained
 * @param isOver whether the user has ended it
 */
record TopState(Sort sort, boolean isPaused, boolean isHelp, boolean isOver) {
  /** Before any key. */
  static TopState first(Sort sort) {
    return new TopState(sort, false, false, false);
  }

  /** The orders, each with its key. */
  enum Sort {
    SERVER('s', (one, other) -> 0),
    GETS('g', by(row -> row.getsPerSecond())),
    HITS('h', by(row -> negative(row.hitRatio()))),
    WRITES('w', by(row -> row.storesPerSecond())),
    EVICTIONS('e', by(row -> row.evictionsPerSecond())),
    MEMORY('m', by(row -> number(row.bytes()))),
    ITEMS('i', by(row -> number(row.currentItems())));

    private final char key;
    private final Comparator<TopRow> order;

    Sort(char key, Comparator<TopRow> order) {
      this.key = key;
      this.order = order;
    }

    /** Largest first, unknown last; equal ones stay in the order of configuration. */
    private static Comparator<TopRow> by(Function<TopRow, OptionalDouble> number) {
      return Comparator.comparingDouble(row -> -number.apply(row).orElse(Double.NEGATIVE_INFINITY));
    }

    /** The worst ratio first. */
    private static OptionalDouble negative(OptionalDouble ratio) {
      return ratio.isPresent() ? OptionalDouble.of(-ratio.getAsDouble()) : ratio;
    }

    private static OptionalDouble number(OptionalLong number) {
      return number.isPresent() ? OptionalDouble.of(number.getAsLong()) : OptionalDouble.empty();
    }

    List<TopRow> sorted(List<TopRow> rows) {
      return rows.stream().sorted(order).toList();
    }

    /** For people. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** All of them with their keys. */
    static String keys() {
      return Arrays.stream(values())
          .map(sort -> sort.key + " " + sort.word())
          .collect(Collectors.joining("  "));
    }
  }

  /** After a key. Other keys change nothing. */
  TopState press(int key) {
    if (key == 'q') {
      return new TopState(sort, isPaused, isHelp, true);
    }
    if (key == '?') {
      return new TopState(sort, isPaused, !isHelp, false);
    }
    if (key == 'p') {
      return new TopState(sort, !isPaused, isHelp, false);
    }
    Optional<Sort> chosen =
        Arrays.stream(Sort.values()).filter(order -> order.key == key).findFirst();
    return chosen.map(order -> new TopState(order, isPaused, isHelp, false)).orElse(this);
  }
}
