package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.KeyPattern;

/**
 * A request before it is parsed into the type of its route. Every method throws a
 * {@link RequestRejected} that names the field and the value if it is invalid. For use by one
 * thread, that of the request.
 */
final class RawRequest {
  /** May stand in the query string or in the body. */
  static final String PATTERN = "pattern";

  /** How the pattern is read: {@code regex} or {@code glob}. Stands beside it. */
  static final String MATCH = "match";

  static final String KEY_BASE64 = "key_base64";
  static final String LIMIT = "limit";

  /** Whether to answer at once, with a job. */
  static final String ASYNC = "async";

  private static final String KEY_SEGMENT = "{key}";

  /** Where the key is not in the path. */
  private static final String KEY_ROUTE = "/key";

  private final String template;
  private final Context context;
  private final QueryString query;
  private final JsonBody body;
  private final PatternParameters patterns;
  private final ByteBudget.Share memory;
  private final CallerUseCases cases;
  private final UnaryOperator<String> tags;
  private final Set<String> askedHeaders = new HashSet<>();

  /**
   * @param template the path that was matched, with names in braces for what may vary
   * @param memory what this request holds until it is answered
   * @param isChange whether the request may change something, so that it must be clear
   * @param cases those of the caller
   * @param patternSteps the most steps of its pattern
   * @param tags what the texts of its entity tags mean
   */
  RawRequest(
      String template,
      Context context,
      JsonBody body,
      ByteBudget.Share memory,
      boolean isChange,
      CallerUseCases cases,
      long patternSteps,
      UnaryOperator<String> tags) {
    this.template = template;
    this.context = context;
    this.query = QueryString.parse(context.queryString());
    this.body = body;
    this.patterns = new PatternParameters(query, body, isChange, patternSteps);
    this.memory = memory;
    this.cases = cases;
    this.tags = tags;
  }

  /** The entity tag that the client means by this text. */
  String tag(String text) {
    return tags.apply(text);
  }

  /** The path as it was sent, without the query string. */
  String path() {
    return context.path();
  }

  /** The use cases of the caller. */
  CallerUseCases cases() {
    return cases;
  }

  /** The servers that a filter may name. */
  List<String> servers() {
    return cases.reader().servers();
  }

  /** The text of a header, all its lines joined; empty if there is none. */
  Optional<String> header(String name) {
    askedHeaders.add(name);
    List<String> lines = Collections.list(context.req().getHeaders(name));
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lines));
  }

  /** Whether somebody has asked for a header. */
  boolean hasAskedFor(String header) {
    return askedHeaders.contains(header);
  }

  /** The query string. */
  QueryString query() {
    return query;
  }

  /** The body; empty if there is none. */
  JsonBody body() {
    return body;
  }

  /** The memory that this request holds until it is answered. */
  ByteBudget.Share memory() {
    return memory;
  }

  /** Whether the query string may name the key, since the path does not. */
  boolean takesKeyInQuery() {
    return template.endsWith(KEY_ROUTE);
  }

  /** The key in the path as text, or in the query string in base64. */
  CacheKey key() {
    Optional<String> base64 = query.text(KEY_BASE64);
    boolean isInPath = template.contains("/" + KEY_SEGMENT);
    if (isInPath && base64.isPresent()) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER, "the key is given both in the path and as " + KEY_BASE64);
    }
    if (isInPath) {
      return parsed(Kind.INVALID_KEY, () -> textKey(PercentCode.decode(segment(KEY_SEGMENT))));
    }
    String given = base64.orElseThrow(() -> new RequestRejected(
        Kind.INVALID_KEY, "there is no key: write it in the path, or its bytes as " + KEY_BASE64));
    return parsed(Kind.INVALID_KEY, () -> {
      try {
        return CacheKey.ofBytes(KeyParameters.decode(given));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%s \"%s\": %s".formatted(KEY_BASE64, given, e.getMessage()), e);
      }
    });
  }

  private static CacheKey textKey(String text) {
    try {
      return CacheKey.of(text);
    } catch (IllegalArgumentException e) {
      boolean isShort = text.getBytes(StandardCharsets.UTF_8).length <= CacheKey.MAX_BYTES;
      throw isShort && text.codePoints().anyMatch(Character::isSpaceChar)
          ? new IllegalArgumentException(
              "%s; send it in base64: key/?%s= takes any bytes"
                  .formatted(e.getMessage(), KEY_BASE64),
              e)
          : e;
    }
  }

  /** The app in the path. */
  AppName app() {
    return parsed(Kind.INVALID_PARAMETER, () -> new AppName(PercentCode.decode(segment("{app}"))));
  }

  /** The id of the job in the path. */
  String job() {
    return parsed(Kind.INVALID_PARAMETER, () -> PercentCode.decode(segment("{id}")));
  }

  /** The name of the dump in the path. */
  String dump() {
    return parsed(Kind.INVALID_PARAMETER, () -> PercentCode.decode(segment("{name}")));
  }

  /** A segment of the path as it was sent: what Javalin offers has been decoded less strictly. */
  private String segment(String name) {
    String path = context.path();
    int inTemplate = template.indexOf("/" + name);
    if (inTemplate < 0) {
      throw new IllegalStateException(template + " has no " + name);
    }
    int begin = 0;
    for (int i = 0; i <= inTemplate; i++) {
      if (template.charAt(i) == '/') {
        begin = path.indexOf('/', begin) + 1;
      }
    }
    int end = path.indexOf('/', begin);
    return path.substring(begin, end < 0 ? path.length() : end);
  }

  /** Runs a parser; an {@link IllegalArgumentException} becomes a problem of this kind. */
  static <T> T parsed(Kind kind, Supplier<T> parser) {
    try {
      return parser.get();
    } catch (IllegalArgumentException e) {
      throw new RequestRejected(kind, e.getMessage());
    }
  }

  /** The pattern, from the query string or the body. */
  KeyPattern pattern() {
    return patterns.required();
  }

  /** The pattern, from the query string or the body; empty if there is none. */
  Optional<KeyPattern> optionalPattern() {
    return patterns.optional();
  }

  /** What the client has probably meant instead of its pattern; empty if it is clear. */
  Optional<String> hint() {
    return patterns.hint();
  }

  /** The {@code limit} in the query string, from 1 to {@code most}. */
  OptionalInt limit(int most) {
    OptionalLong limit = query.number(LIMIT, 1, most);
    return limit.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) limit.getAsLong());
  }

  /** Whether to answer at once, with a job. */
  boolean isAsync() {
    return query.flag(ASYNC);
  }

  /** Which keys the query string means. */
  KeyParameters keys() {
    return new KeyParameters(query);
  }

  /** Which keys the body means. */
  KeyParameters keysInBody() {
    return new KeyParameters(body);
  }
}
