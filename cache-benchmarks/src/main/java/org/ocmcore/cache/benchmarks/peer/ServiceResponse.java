package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A successful response of the REST API. Only the fields that are asked for are parsed.
 *
 * @param request method and path, for messages
 * @param seconds from the request to the end of the body
 * @param body JSON
 */
public record ServiceResponse(String request, double seconds, String body) {
  /** The last field of this name that is a whole number or a string; empty if there is none. */
  public Optional<String> field(String name) {
    return field(body, name);
  }

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

  /**
   * Returns this response if the field has this value.
   *
   * @throws IOException if not
   */
  public ServiceResponse require(String name, long expected) throws IOException {
    String value = field(name).orElse("missing");
    if (!value.equals("" + expected)) {
      throw new IOException("%s: %s is %s, expected %d".formatted(request, name, value, expected));
    }
    return this;
  }

  /**
   * Returns this response if it has this many fields of the name.
   *
   * @throws IOException if not
   */
  public ServiceResponse requireCount(String name, long expected) throws IOException {
    long count = Pattern.compile("\"%s\"\\s*:".formatted(Pattern.quote(name)))
        .matcher(body)
        .results()
        .count();
    if (count != expected) {
      throw new IOException(
          "%s: there are %d fields %s, expected %d".formatted(request, count, name, expected));
    }
    return this;
  }
}
