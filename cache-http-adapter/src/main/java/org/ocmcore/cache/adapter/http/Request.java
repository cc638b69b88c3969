package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.pattern.InvalidPattern;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.restore.RestoredLifetime;
import tools.jackson.databind.JsonNode;

/**
 * What a request asks for, in the domain's types. Every method throws a {@link RequestRejected}
 * that names the field and the value if that cannot be understood. For one thread.
 */
final class Request {
  private static final long DEFAULT_TIMEOUT = 3600;
  private static final String PATTERN = "pattern";

  /** The most keys that a request may list. */
  private static final int MAX_NAMED = 1_000;

  private static final String KEY_BASE64 = "key_base64";
  private static final String KEY_SEGMENT = "{key}";

  /** Where the key is not in the path. */
  private static final String KEY_ROUTE = "/key";

  /** Whether to answer at once, with a job. */
  static final String ASYNC = "async";

  /** What makes a change smaller, slower or another than it would be without. */
  private static final Set<String> LIMITS = limits();

  /** The most fields of a body, and parameters, that are looked at. */
  private static final int MAX_NAMES = 1_000;

  /** A name of so many letters is taken for a misspelt one that differs in two, else in one. */
  private static final int LONG = 5;

  private final String template;
  private final Context context;
  private final QueryString query;
  private final JsonBody body;
  private final ByteBudget.Share memory;

  private static Set<String> limits() {
    Set<String> limits = new HashSet<>(KeyParameters.FILTERS);
    limits.addAll(List.of(PATTERN, "keys", "keys_base64", KEY_BASE64));
    limits.addAll(List.of("dry_run", "max_keys", "limit", "rate", "plan", "fresh", ASYNC));
    return Set.copyOf(limits);
  }

  /**
   * @param template the path that was matched, with names in braces for what may vary
   * @param memory what this request holds until it is answered
   */
  Request(String template, Context context, JsonBody body, ByteBudget.Share memory) {
    this.template = template;
    this.context = context;
    this.query = QueryString.parse(context.queryString());
    this.body = body;
    this.memory = memory;
  }

  /** What this request holds until it is answered. */
  ByteBudget.Share memory() {
    return memory;
  }

  /** The key in the path as text, or in the query string in base64. */
  CacheKey key() {
    Optional<String> base64 = query.text(KEY_BASE64);
    boolean isInPath = template.endsWith(KEY_SEGMENT);
    if (isInPath && base64.isPresent()) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER, "the key is given both in the path and as " + KEY_BASE64);
    }
    if (isInPath) {
      return understood(
          Kind.INVALID_KEY, () -> CacheKey.of(PercentCode.decode(segment(KEY_SEGMENT))));
    }
    String given = base64.orElseThrow(() -> new RequestRejected(
        Kind.INVALID_KEY, "there is no key: write it in the path, or its bytes as " + KEY_BASE64));
    return understood(Kind.INVALID_KEY, () -> {
      try {
        return CacheKey.ofBytes(KeyParameters.decoded(given));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%s \"%s\": %s".formatted(KEY_BASE64, given, e.getMessage()), e);
      }
    });
  }

  /** The app in the path. */
  AppName app() {
    return understood(
        Kind.INVALID_PARAMETER, () -> new AppName(PercentCode.decode(segment("{app}"))));
  }

  /** The id of the job in the path. */
  String job() {
    return understood(Kind.INVALID_PARAMETER, () -> PercentCode.decode(segment("{id}")));
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

  /** What this reads; what it finds wrong is refused in its words. */
  static <T> T understood(Kind kind, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new RequestRejected(kind, e.getMessage());
    }
  }

  /** The pattern, from the query string or the body. */
  KeyPattern pattern() {
    return pattern(givenPattern().orElse(""));
  }

  /** The pattern, from the query string or the body, if there is one. */
  Optional<KeyPattern> optionalPattern() {
    return givenPattern().map(Request::pattern);
  }

  private Optional<String> givenPattern() {
    Optional<String> inQuery = query.text(PATTERN);
    if (inQuery.isPresent() && body.field(PATTERN).isPresent()) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER, "pattern is given both in the query string and in the body");
    }
    return inQuery.or(() -> body.text(PATTERN));
  }

  /**
   * Refuses what would limit a change where it is not taken: unknown names are ignored, but nobody
   * must lose keys by writing {@code dry_rum}, or {@code dry_run} into the query string.
   *
   * @param fields that the request takes in its body; of these a pattern may be in the query string
   */
  void requireLimitsTaken(Set<String> fields) {
    Set<String> inQuery = new HashSet<>(fields);
    inQuery.retainAll(Set.of(PATTERN));
    inQuery.add(ASYNC);
    if (template.endsWith(KEY_ROUTE)) {
      inQuery.add(KEY_BASE64);
    }
    requireTaken(body.names(), "the body", fields, inQuery);
    requireTaken(query.names(), "the query string", inQuery, fields);
  }

  private static void requireTaken(
      Collection<String> names, String place, Set<String> taken, Set<String> elsewhere) {
    if (names.size() > MAX_NAMES) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER,
          "%s has %d names, it must have %d at most".formatted(place, names.size(), MAX_NAMES));
    }
    Set<String> known = new TreeSet<>(taken);
    known.addAll(LIMITS);
    names.forEach(name -> requireTaken(name, place, taken, elsewhere, known));
  }

  private static void requireTaken(
      String name, String place, Set<String> taken, Set<String> elsewhere, Set<String> known) {
    if (taken.contains(name)) {
      return;
    }
    String plain = plain(name);
    Optional<String> meant = known.stream()
        .filter(other -> isLike(plain(other), plain))
        .min(Comparator.comparingInt(other -> Spelling.distance(other, name)));
    if (meant.isEmpty()) {
      return;
    }
    String hint = elsewhere.contains(name)
        ? "put it into the " + (place.equals("the body") ? "query string" : "body")
        : taken.contains(meant.get())
            ? "did you mean %s?".formatted(meant.get())
            : "what is taken is " + (taken.isEmpty() ? "nothing" : new TreeSet<>(taken));
    throw new RequestRejected(
        Kind.INVALID_PARAMETER,
        "%s is not taken in %s here, so nothing was done; %s".formatted(name, place, hint));
  }

  private static boolean isLike(String known, String name) {
    int most = known.length() < LONG ? 1 : 2;
    // The lengths first: the distance takes their product in time.
    return Math.abs(known.length() - name.length()) <= most
        && Spelling.distance(known, name) <= most;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]|s$", "");
  }

  private static KeyPattern pattern(String regex) {
    if (regex.isEmpty()) {
      throw new RequestRejected(Kind.PATTERN_REQUIRED, "name a regular expression as pattern");
    }
    try {
      return KeyPattern.of(regex);
    } catch (InvalidPattern e) {
      String where = e.position() < 0 ? "" : " at position " + e.position();
      String shown = regex.length() > KeyPattern.MAX_LENGTH ? "" : ": pattern \"" + regex + "\"";
      throw new RequestRejected(Kind.INVALID_PATTERN, e.getMessage() + where + shown);
    }
  }

  /** Whether {@code name=true} stands in the query string. */
  boolean flag(String name) {
    return query.flag(name);
  }

  /** The {@code limit} in the query string. */
  OptionalInt limit(int most) {
    OptionalLong limit = query.number("limit", 1, most);
    return limit.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) limit.getAsLong());
  }

  /** Which keys the query string means. */
  KeyParameters keys() {
    return new KeyParameters(query);
  }

  /** Which keys the body means. */
  KeyParameters keysInBody() {
    return new KeyParameters(body);
  }

  /** A whole number in the query string. */
  OptionalLong number(String name, long least, long most) {
    return query.number(name, least, most);
  }

  /** The name of the dump in the path. */
  String dump() {
    return understood(Kind.INVALID_PARAMETER, () -> PercentCode.decode(segment("{name}")));
  }

  /** The {@code ttl} in the body: how long entries live that are restored. */
  RestoredLifetime restoredLifetime() {
    Optional<JsonNode> given = body.field("ttl");
    if (given.isEmpty()) {
      return RestoredLifetime.REMAINING;
    }
    JsonNode ttl = given.get();
    if (ttl.isNull()) {
      return RestoredLifetime.fixed(Lifetime.FOREVER);
    }
    if (ttl.isString() && ttl.stringValue().equals("keep")) {
      return RestoredLifetime.REMAINING;
    }
    if (ttl.isString() && ttl.stringValue().equals("shift")) {
      return RestoredLifetime.SHIFTED;
    }
    if (!ttl.isNumber()) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER,
          "ttl is %s, it must be \"keep\", \"shift\", a whole number of seconds, or null for never"
              .formatted(ttl));
    }
    return RestoredLifetime.fixed(
        Lifetime.ofSeconds(body.number("ttl", 1, Lifetime.MAX.toSeconds()).orElseThrow()));
  }

  /** The {@code timeout} in the body. */
  Lifetime timeout() {
    Optional<JsonNode> given = body.field("timeout");
    if (given.isPresent() && given.get().isNull()) {
      return Lifetime.FOREVER;
    }
    return Lifetime.ofSeconds(
        body.number("timeout", 1, Lifetime.MAX.toSeconds()).orElse(DEFAULT_TIMEOUT));
  }

  /** A whole number in the body. */
  OptionalLong integer(String name, long least, long most) {
    return body.number(name, least, most);
  }

  /** A number from 0 to 1 in the body; 0 if it is left out. */
  double share(String name) {
    Optional<JsonNode> given = body.field(name);
    if (given.isEmpty()) {
      return 0;
    }
    double share = given.get().isNumber() ? given.get().doubleValueOpt().orElse(-1) : -1;
    if (!(share >= 0 && share <= 1)) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER,
          "%s is %s, it must be a number from 0 to 1".formatted(name, given.get()));
    }
    return share;
  }

  /** Refuses these fields in the body, and a pattern in the query string. */
  void requireWithout(Set<String> names, String reason) {
    for (String name : names) {
      if (body.field(name).isPresent()
          || name.equals(PATTERN) && query.text(name).isPresent()) {
        throw new RequestRejected(
            Kind.INVALID_PARAMETER, "%s cannot be given here: %s".formatted(name, reason));
      }
    }
  }

  /** The keys that the body lists as {@code keys}, and by their bytes as {@code keys_base64}. */
  List<CacheKey> namedKeys() {
    Set<CacheKey> keys = new LinkedHashSet<>();
    listed("keys", text -> CacheKey.of(text), keys);
    listed("keys_base64", text -> CacheKey.ofBytes(KeyParameters.decoded(text)), keys);
    if (keys.isEmpty()) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER, "keys is missing or empty: list 1 to %d".formatted(MAX_NAMED));
    }
    return List.copyOf(keys);
  }

  private void listed(String name, Function<String, CacheKey> reading, Set<CacheKey> keys) {
    Optional<JsonNode> given = body.field(name);
    if (given.isEmpty()) {
      return;
    }
    if (!given.get().isArray()) {
      throw new RequestRejected(Kind.INVALID_PARAMETER, name + " must be a list of strings");
    }
    int index = 0;
    for (JsonNode node : given.get()) {
      String place = "%s[%d]".formatted(name, index++);
      if (!node.isString()) {
        throw new RequestRejected(
            Kind.INVALID_PARAMETER, "%s is %s, it must be a string".formatted(place, node));
      }
      keys.add(understood(Kind.INVALID_KEY, () -> {
        try {
          return reading.apply(node.stringValue());
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
        }
      }));
      if (keys.size() > MAX_NAMED) {
        throw new RequestRejected(
            Kind.INVALID_PARAMETER, "keys are more than %d".formatted(MAX_NAMED));
      }
    }
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
        .orElseThrow(
            () -> new RequestRejected(Kind.INVALID_PARAMETER, name + " is missing in the body"));
  }
}
