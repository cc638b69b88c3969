package org.ocmcore.cache.adapter.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A word that stands for a constant. */
final class Choice {
  private Choice() {}

  /** @throws WrongUsage if it stands for none; names them all */
  static <E extends Enum<E>> E of(String option, String word, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> word(constant).equals(word))
        .findFirst()
        .orElseThrow(() -> FilterOptions.wrong(
            option,
            word,
            "it must be "
                + Arrays.stream(type.getEnumConstants())
                    .map(Choice::word)
                    .collect(Collectors.joining(", "))));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
