package org.ocmcore.cache.benchmarks.peer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Picks single fields out of JSON as this service writes it, without reading all of it. */
final class JsonText {
  private JsonText() {}

  /**
   * The last field of this name that is a whole number or a text; of escapes it knows {@code \\"}.
   */
  static Optional<String> field(String json, String name) {
    Matcher matcher = Pattern.compile("\"%s\"\\s*:\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(-?[0-9]+))"
            .formatted(Pattern.quote(name)))
        .matcher(json);
    Optional<String> last = Optional.empty();
    while (matcher.find()) {
      last = Optional.of(
          matcher.group(1) != null ? matcher.group(1).replace("\\\"", "\"") : matcher.group(2));
    }
    return last;
  }

  /** How often a field of this name comes. */
  static long count(String json, String name) {
    return Pattern.compile("\"%s\"\\s*:".formatted(Pattern.quote(name)))
        .matcher(json)
        .results()
        .count();
  }
}
