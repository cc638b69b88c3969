package org.ocmcore.cache.domain.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The names of constants in settings and files: those of Java in lower case. */
final class EnumNames {
  private EnumNames() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The constant with this name.
   *
   * @throws IllegalArgumentException if there is none; a misspelt name must not allow anything
   */
  static <E extends Enum<E>> E parse(Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> of(constant).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it must be one of %s"
            .formatted(Arrays.stream(type.getEnumConstants())
                .map(EnumNames::of)
                .collect(Collectors.joining(", ")))));
  }
}
