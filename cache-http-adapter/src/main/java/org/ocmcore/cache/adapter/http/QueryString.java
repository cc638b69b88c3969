package org.ocmcore.cache.adapter.http;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a query string. A plus in it is a plus: no key holds a space, and a URL typed
 * by hand works.
 */
final class QueryString {
  private final Map<String, String> parameters;
  private final Map<String, String> repeated;

  private QueryString(Map<String, String> parameters, Map<String, String> repeated) {
    this.parameters = parameters;
    this.repeated = repeated;
  }

  /** @throws Refusal if a parameter cannot be percent-decoded */
  static QueryString parse(String raw) {
    Map<String, String> parameters = new HashMap<>();
    Map<String, String> repeated = new HashMap<>();
    if (raw != null) {
      for (String part : raw.split("&")) {
        int equals = part.indexOf('=');
        String name = decode(equals < 0 ? part : part.substring(0, equals));
        String value = decode(equals < 0 ? "" : part.substring(equals + 1));
        if (parameters.put(name, value) != null) {
          repeated.put(name, value);
        }
      }
    }
    return new QueryString(parameters, repeated);
  }

  private static String decode(String encoded) {
    try {
      return PercentCode.decode(encoded);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Kind.INVALID_PARAMETER, "query string: " + e.getMessage());
    }
  }

  /** The names of all parameters. */
  Collection<String> names() {
    return parameters.keySet();
  }

  /** The parameter of this name. @throws Refusal if it is given more than once */
  Optional<String> text(String name) {
    if (repeated.containsKey(name)) {
      throw new Refusal(
          Kind.INVALID_PARAMETER, name + " is given more than once in the query string");
    }
    return Optional.ofNullable(parameters.get(name));
  }
}
