package org.ocmcore.cache.adapter.http;

import java.util.Optional;
import org.ocmcore.cache.domain.pattern.Glob;
import org.ocmcore.cache.domain.pattern.InvalidPattern;
import org.ocmcore.cache.domain.pattern.KeyPattern;

/**
 * Parses the pattern of a request, and how it is read. Every method throws a
 * {@link RequestRejected} if it is invalid. For one thread.
 */
final class PatternParameters {
  private final QueryString query;
  private final JsonBody body;
  private final boolean isChange;
  private final long mostSteps;

  /** What the client has probably meant; empty if it is clear. */
  private Optional<String> hint = Optional.empty();

  /**
   * @param isChange whether the request may change something, so that it must be clear
   * @param mostSteps of the pattern in this request
   */
  PatternParameters(QueryString query, JsonBody body, boolean isChange, long mostSteps) {
    this.query = query;
    this.body = body;
    this.isChange = isChange;
    this.mostSteps = mostSteps;
  }

  /** The pattern, from the query string or the body. */
  KeyPattern required() {
    return pattern(given().orElse(""));
  }

  /** What the client has probably meant instead; empty if it is clear. */
  Optional<String> hint() {
    return hint;
  }

  /** The pattern, from the query string or the body; empty if there is none. */
  Optional<KeyPattern> optional() {
    return given().map(this::pattern);
  }

  private Optional<String> given() {
    Optional<String> inQuery = query.text(RawRequest.PATTERN);
    if (inQuery.isPresent() && body.field(RawRequest.PATTERN).isPresent()) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER, "pattern is given both in the query string and in the body");
    }
    return inQuery.or(() -> body.text(RawRequest.PATTERN));
  }

  private KeyPattern pattern(String regex) {
    Optional<String> match = query.text(RawRequest.MATCH).or(() -> body.text(RawRequest.MATCH));
    boolean isGlob = switch (match.orElse("regex")) {
      case "regex" -> false;
      case "glob" -> true;
      default ->
        throw new RequestRejected(
            Kind.INVALID_PARAMETER,
            "match is \"%s\", it must be regex or glob".formatted(match.get()));
    };
    if (match.isEmpty()) {
      requireClear(regex);
    }
    return compiled(regex, isGlob);
  }

  private void requireClear(String pattern) {
    Glob.meant(pattern).ifPresent(regex -> {
      String readings =
          "pattern \"%s\" is read as a regular expression, and finds it anywhere in a key; as a glob it is the regular expression \"%s\": send match=%%s"
              .formatted(pattern, regex);
      if (isChange) {
        throw new RequestRejected(
            Kind.INVALID_PATTERN,
            readings.formatted("glob or match=regex, so that it is clear; nothing was done"));
      }
      hint = Optional.of(readings.formatted("glob if you mean that"));
    });
  }

  private KeyPattern compiled(String regex, boolean isGlob) {
    if (regex.isEmpty()) {
      String meant = UntakenNames.hint(query).map(known -> "; " + known).orElse("");
      throw new RequestRejected(
          Kind.PATTERN_REQUIRED, "name a regular expression as pattern" + meant);
    }
    try {
      KeyPattern pattern = isGlob ? KeyPattern.ofGlob(regex) : KeyPattern.of(regex);
      return pattern.limitedTo(mostSteps);
    } catch (InvalidPattern e) {
      String where = e.position() < 0 ? "" : " at position " + e.position();
      String shown = regex.length() > KeyPattern.MAX_LENGTH ? "" : ": pattern \"" + regex + "\"";
      String meant = hint.isEmpty() ? "" : "; if it is a glob, send match=glob";
      throw new RequestRejected(Kind.INVALID_PATTERN, e.getMessage() + where + shown + meant);
    }
  }
}
