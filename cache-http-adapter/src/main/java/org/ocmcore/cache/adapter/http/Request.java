package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.InvalidPattern;
import org.ocmcore.cache.domain.key.KeyPattern;
import tools.jackson.databind.JsonNode;

/**
 * What a request asks for, in the domain's types. Every method throws a {@link Refusal} that names
 * the field and the value if that cannot be understood. For one thread.
 */
final class Request {
  private static final long DEFAULT_TIMEOUT = 3600;

  private final String template;
  private final Context context;
  private final QueryString query;
  private final JsonBody body;

  /** @param template the path that was matched, with names in braces for what may vary */
  Request(String template, Context context, JsonBody body) {
    this.template = template;
    this.context = context;
    this.query = QueryString.parse(context.queryString());
    this.body = body;
  }

  /** The key in the path. */
  CacheKey key() {
    return understood(Kind.INVALID_KEY, () -> CacheKey.of(PercentCode.decode(segment("{key}"))));
  }

  /** The app in the path. */
  AppName app() {
    return understood(
        Kind.INVALID_PARAMETER, () -> new AppName(PercentCode.decode(segment("{app}"))));
  }

  /** The path as it was sent: what Javalin offers has been decoded less strictly. */
  private String segment(String name) {
    String[] names = template.split("/", -1);
    String[] segments = context.path().split("/", -1);
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return segments[i];
      }
    }
    throw new IllegalStateException(template + " has no " + name);
  }

  private static <T> T understood(Kind kind, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new Refusal(kind, e.getMessage());
    }
  }

  /** The pattern, from the query string or the body. */
  KeyPattern pattern() {
    Optional<String> inQuery = query.text("pattern");
    Optional<JsonNode> inBody = body.field("pattern");
    if (inQuery.isPresent() && inBody.isPresent()) {
      throw new Refusal(
          Kind.INVALID_PARAMETER, "pattern is given both in the query string and in the body");
    }
    return pattern(inQuery.or(() -> body.text("pattern")).orElse(""));
  }

  /** The pattern in the body, if there is one. */
  Optional<KeyPattern> patternInBody() {
    return body.text("pattern").map(Request::pattern);
  }

  private static KeyPattern pattern(String regex) {
    if (regex.isEmpty()) {
      throw new Refusal(Kind.PATTERN_REQUIRED, "name a regular expression as pattern");
    }
    try {
      return KeyPattern.of(regex);
    } catch (InvalidPattern e) {
      String where = e.position() < 0 ? "" : " at position " + e.position();
      String shown = regex.length() > KeyPattern.MAX_LENGTH ? "" : ": pattern \"" + regex + "\"";
      throw new Refusal(Kind.INVALID_PATTERN, e.getMessage() + where + shown);
    }
  }

  /** Whether {@code name=true} stands in the query string. */
  boolean flag(String name) {
    String given = query.text(name).orElse("false");
    return switch (given.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
        throw new Refusal(
            Kind.INVALID_PARAMETER,
            "%s is \"%s\", it must be true or false".formatted(name, given));
    };
  }

  /** The {@code limit} in the query string. */
  OptionalInt limit(int most) {
    Optional<String> given = query.text("limit");
    if (given.isEmpty()) {
      return OptionalInt.empty();
    }
    String text = given.get();
    if (text.matches("[0-9]{1,9}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= most) {
        return OptionalInt.of(limit);
      }
    }
    throw new Refusal(
        Kind.INVALID_PARAMETER,
        "limit is \"%s\", it must be a number from 1 to %d".formatted(text, most));
  }

  /** The {@code cursor} in the query string: the key that the last page ended with. */
  Optional<CacheKey> cursor() {
    return query.text("cursor").map(cursor -> {
      try {
        return CacheKey.ofBytes(Base64.getUrlDecoder().decode(cursor));
      } catch (IllegalArgumentException e) {
        throw new Refusal(
            Kind.INVALID_PARAMETER,
            "cursor is \"%s\", which no answer has given".formatted(cursor));
      }
    });
  }

  /** The cursor that {@link #cursor} reads back. */
  static String cursor(CacheKey last) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(last.bytes());
  }

  /** The {@code timeout} in the body. */
  Lifetime timeout() {
    Optional<JsonNode> given = body.field("timeout");
    if (given.isPresent() && given.get().isNull()) {
      return Lifetime.FOREVER;
    }
    return Lifetime.ofSeconds(
        body.integer("timeout", 1, Lifetime.MAX.toSeconds()).orElse(DEFAULT_TIMEOUT));
  }

  /** A whole number in the body. */
  OptionalLong integer(String name, long least, long most) {
    return body.integer(name, least, most);
  }

  /** A flag in the body; false if it is left out. */
  boolean flagInBody(String name) {
    return body.flag(name);
  }

  /** A text in the body. */
  Optional<String> text(String name) {
    return body.text(name);
  }

  /** Any JSON in the body, which must be there. */
  JsonNode required(String name) {
    return body.field(name)
        .orElseThrow(() -> new Refusal(Kind.INVALID_PARAMETER, name + " is missing in the body"));
  }
}
