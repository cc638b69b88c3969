package org.ocmcore.cache.adapter.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The named values in the query string or the body of a request. Every method throws a
 * {@link RequestRejected} that names the value if it has the wrong form.
 */
interface Parameters {
  /** A text; empty if it is left out. */
  Optional<String> text(String name);

  /** True or false; false if it is left out. */
  boolean flag(String name);

  /** A whole number within these bounds, inclusive; empty if it is left out. */
  OptionalLong number(String name, long least, long most);

  /** A constant by its name in lower case; the standard one if it is left out. */
  default <E extends Enum<E>> E choice(String name, Class<E> choices, E standard) {
    Optional<String> given = text(name);
    if (given.isEmpty()) {
      return standard;
    }
    E[] all = choices.getEnumConstants();
    return Arrays.stream(all)
        .filter(choice -> lower(choice).equals(given.get()))
        .findFirst()
        .orElseThrow(() -> new RequestRejected(
            Kind.INVALID_PARAMETER,
            "%s is \"%s\", it must be one of %s"
                .formatted(
                    name,
                    given.get(),
                    Arrays.stream(all).map(Parameters::lower).collect(Collectors.joining(", ")))));
  }

  private static String lower(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
