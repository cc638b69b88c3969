package org.ocmcore.cache.adapter.http;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parameters of a query string. A plus stays a plus, so that keys with a plus work in a URL
 * typed by hand. For one thread.
 */
final class QueryString implements Parameters {
  /** The largest number: one of 18 digits. */
  static final long MOST = 999_999_999_999_999_999L;

  private final Map<String, String> parameters;
  private final Map<String, String> repeated;

  /** The names that somebody has asked for, given or not: those that the route takes. */
  private final Set<String> taken = new TreeSet<>();

  private QueryString(Map<String, String> parameters, Map<String, String> repeated) {
    this.parameters = parameters;
    this.repeated = repeated;
  }

  /** @throws RequestRejected if a parameter cannot be percent-decoded */
  static QueryString parse(String raw) {
    if (raw == null) {
      return new QueryString(Map.of(), Map.of());
    }
    Map<String, String> parameters = new HashMap<>();
    Map<String, String> repeated = new HashMap<>();
    for (String part : raw.split("&")) {
      int equals = part.indexOf('=');
      String name = decode(equals < 0 ? part : part.substring(0, equals));
      String value = decode(equals < 0 ? "" : part.substring(equals + 1));
      if (parameters.put(name, value) != null) {
        repeated.put(name, value);
      }
    }
    return new QueryString(parameters, repeated);
  }

  private static String decode(String encoded) {
    try {
      return PercentCode.decode(encoded);
    } catch (IllegalArgumentException e) {
      throw new RequestRejected(Kind.INVALID_PARAMETER, "query string: " + e.getMessage());
    }
  }

  /** The names of all parameters. */
  Collection<String> names() {
    return parameters.keySet();
  }

  /** The names that were asked for so far: those that the route takes. */
  Set<String> taken() {
    return Set.copyOf(taken);
  }

  /** {@inheritDoc} A parameter that is given twice is rejected. */
  @Override
  public Optional<String> text(String name) {
    taken.add(name);
    if (repeated.containsKey(name)) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER, name + " is given more than once in the query string");
    }
    return Optional.ofNullable(parameters.get(name));
  }

  @Override
  public boolean flag(String name) {
    return flag(name, false);
  }

  /** The same. @param otherwise if the parameter is not given */
  boolean flag(String name, boolean otherwise) {
    String given = text(name).orElse(Boolean.toString(otherwise));
    return switch (given.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
        throw new RequestRejected(
            Kind.INVALID_PARAMETER,
            "%s is \"%s\", it must be true or false".formatted(name, given));
    };
  }

  @Override
  public OptionalLong number(String name, long least, long most) {
    Optional<String> given = text(name);
    if (given.isEmpty()) {
      return OptionalLong.empty();
    }
    String text = given.get();
    if (text.matches("[0-9]{1,18}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return OptionalLong.of(number);
      }
    }
    throw new RequestRejected(
        Kind.INVALID_PARAMETER,
        "%s is \"%s\", it must be a number from %d to %d".formatted(name, text, least, most));
  }
}
