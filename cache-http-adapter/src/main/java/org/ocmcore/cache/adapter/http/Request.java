package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.InvalidPattern;
import org.ocmcore.cache.domain.key.KeyPattern;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyOrder;
import org.ocmcore.cache.domain.query.KeyPart;
import org.ocmcore.cache.domain.query.KeyQuery;
import org.ocmcore.cache.domain.query.KeyTraits;
import tools.jackson.databind.JsonNode;

/**
 * What a request asks for, in the domain's types. Every method throws a {@link Refusal} that names
 * the field and the value if that cannot be understood. For one thread.
 */
final class Request {
  private static final long DEFAULT_TIMEOUT = 3600;
  private static final String PATTERN = "pattern";

  private static final long MAX_FILTER = KeyInfo.MAX_SIZE;

  /** What makes a change smaller than it would be without. */
  private static final String KEY_BASE64 = "key_base64";

  private static final String KEY_SEGMENT = "{key}";

  /** Where the key is not in the path. */
  private static final String KEY_ROUTE = "/key";

  private static final Set<String> LIMITS = Set.of(
      PATTERN,
      KEY_BASE64,
      "dry_run",
      "max_keys",
      "prefix",
      "prefix_base64",
      "app",
      "min_size",
      "max_size",
      "ttl_below",
      "ttl_above",
      "no_ttl",
      "idle_above",
      "server");

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

  /** The key in the path as text, or in the query string in base64. */
  CacheKey key() {
    Optional<String> base64 = query.text(KEY_BASE64);
    boolean isInPath = template.endsWith(KEY_SEGMENT);
    if (isInPath && base64.isPresent()) {
      throw new Refusal(
          Kind.INVALID_PARAMETER, "the key is given both in the path and as " + KEY_BASE64);
    }
    if (isInPath) {
      return understood(
          Kind.INVALID_KEY, () -> CacheKey.of(PercentCode.decode(segment(KEY_SEGMENT))));
    }
    String given = base64.orElseThrow(() -> new Refusal(
        Kind.INVALID_KEY, "there is no key: write it in the path, or its bytes as " + KEY_BASE64));
    return understood(Kind.INVALID_KEY, () -> {
      try {
        return CacheKey.ofBytes(decoded(given));
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
    return pattern(givenPattern().orElse(""));
  }

  /** The pattern, from the query string or the body, if there is one. */
  Optional<KeyPattern> optionalPattern() {
    return givenPattern().map(Request::pattern);
  }

  private Optional<String> givenPattern() {
    Optional<String> inQuery = query.text(PATTERN);
    if (inQuery.isPresent() && body.field(PATTERN).isPresent()) {
      throw new Refusal(
          Kind.INVALID_PARAMETER, "pattern is given both in the query string and in the body");
    }
    return inQuery.or(() -> body.text(PATTERN));
  }

  /**
   * Refuses what would limit a change where it is not taken: unknown names are ignored, but nobody
   * must lose keys by writing {@code dryRun}, or {@code dry_run} into the query string.
   *
   * @param fields that the request takes in its body; of these a pattern may be in the query string
   */
  void requireLimitsTaken(Set<String> fields) {
    body.names().forEach(name -> requireTaken(name, fields, "in the body"));
    Set<String> inQuery = new HashSet<>(fields);
    inQuery.retainAll(Set.of(PATTERN));
    if (template.endsWith(KEY_ROUTE)) {
      inQuery.add(KEY_BASE64);
    }
    query.names().forEach(name -> requireTaken(name, inQuery, "in the query string"));
  }

  private static void requireTaken(String name, Set<String> taken, String place) {
    String plain = plain(name);
    boolean limits = LIMITS.stream().anyMatch(limit -> plain(limit).equals(plain));
    boolean misspelt = taken.stream().anyMatch(field -> plain(field).equals(plain));
    if ((limits || misspelt) && !taken.contains(name)) {
      throw new Refusal(
          Kind.INVALID_PARAMETER,
          "%s is not taken %s here, so nothing was done; fields of the body are %s"
              .formatted(name, place, taken.isEmpty() ? "none" : new TreeSet<>(taken)));
    }
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]|s$", "");
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
    OptionalLong limit = number("limit", 1, most);
    return limit.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) limit.getAsLong());
  }

  /** A whole number in the query string. */
  private OptionalLong number(String name, long least, long most) {
    Optional<String> given = query.text(name);
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
    throw new Refusal(
        Kind.INVALID_PARAMETER,
        "%s is \"%s\", it must be a number from %d to %d".formatted(name, text, least, most));
  }

  private Optional<Duration> seconds(String name) {
    OptionalLong seconds = number(name, 0, MAX_FILTER);
    return seconds.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(seconds.getAsLong()));
  }

  /**
   * Which keys are meant, by the query string; the pattern is the caller's to add.
   *
   * @param servers those that there are
   */
  KeyFilter filter(List<String> servers) {
    Optional<AppName> app =
        query.text("app").map(name -> understood(Kind.INVALID_PARAMETER, () -> new AppName(name)));
    Optional<String> server = query.text("server");
    if (server.isPresent() && !servers.contains(server.get())) {
      throw new Refusal(
          Kind.INVALID_PARAMETER,
          "server is \"%s\", it must be one of %s"
              .formatted(server.get(), String.join(", ", servers)));
    }
    return new KeyFilter(Optional.empty(), app, prefix(), traits(), server);
  }

  private KeyTraits traits() {
    OptionalLong minSize = number("min_size", 0, MAX_FILTER);
    OptionalLong maxSize = number("max_size", 0, MAX_FILTER);
    Optional<Duration> ttlBelow = seconds("ttl_below");
    Optional<Duration> ttlAbove = seconds("ttl_above");
    boolean noTtl = flag("no_ttl");
    Optional<Duration> idleAbove = seconds("idle_above");
    return understood(
        Kind.INVALID_PARAMETER,
        () -> new KeyTraits(minSize, maxSize, ttlBelow, ttlAbove, noTtl, idleAbove));
  }

  /** The {@code prefix} in the query string, as text or in base64. */
  KeyPart prefix() {
    Optional<String> text = query.text("prefix");
    Optional<String> base64 = query.text("prefix_base64");
    if (text.isPresent() && base64.isPresent()) {
      throw new Refusal(
          Kind.INVALID_PARAMETER,
          "prefix is \"%s\" and prefix_base64 is \"%s\"; only one of them can be given"
              .formatted(text.get(), base64.get()));
    }
    return text.map(given -> part("prefix", given, () -> KeyPart.of(given)))
        .or(() -> base64.map(
            given -> part("prefix_base64", given, () -> KeyPart.ofBytes(decoded(given)))))
        .orElse(KeyPart.NONE);
  }

  /** Of either alphabet. */
  private static byte[] decoded(String base64) {
    return Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
  }

  /** The {@code delimiter} in the query string, {@code :} unless told. */
  KeyPart delimiter() {
    String given = query.text("delimiter").orElse(":");
    if (given.isEmpty()) {
      throw new Refusal(Kind.INVALID_PARAMETER, "delimiter is \"\", it must not be empty");
    }
    return part("delimiter", given, () -> KeyPart.of(given));
  }

  private static KeyPart part(String name, String given, Supplier<KeyPart> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      String shown = given.length() > 100 ? given.substring(0, 100) + "…" : given;
      throw new Refusal(
          Kind.INVALID_PARAMETER,
          "%s is \"%s\", which cannot be: %s".formatted(name, shown, e.getMessage()));
    }
  }

  /** The {@code sort} and {@code order} of keys in the query string. */
  KeyOrder order() {
    KeyOrder order = KeyOrder.of(choice("sort", KeyOrder.By.class, KeyOrder.By.KEY));
    return query
        .text("order")
        .map(given -> switch (given) {
          case "asc" -> new KeyOrder(order.by(), false);
          case "desc" -> new KeyOrder(order.by(), true);
          default ->
            throw new Refusal(
                Kind.INVALID_PARAMETER, "order is \"%s\", it must be asc or desc".formatted(given));
        })
        .orElse(order);
  }

  /** One of some names in the query string. */
  <E extends Enum<E>> E choice(String name, Class<E> choices, E standard) {
    Optional<String> given = query.text(name);
    if (given.isEmpty()) {
      return standard;
    }
    E[] all = choices.getEnumConstants();
    return Arrays.stream(all)
        .filter(choice -> lower(choice).equals(given.get()))
        .findFirst()
        .orElseThrow(() -> new Refusal(
            Kind.INVALID_PARAMETER,
            "%s is \"%s\", it must be one of %s"
                .formatted(
                    name,
                    given.get(),
                    Arrays.stream(all).map(Request::lower).collect(Collectors.joining(", ")))));
  }

  private static String lower(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  /** A page of keys. */
  KeyQuery page(KeyFilter filter, OptionalInt limit) {
    KeyOrder order = order();
    Optional<CacheKey> cursor = cursor();
    return understood(Kind.INVALID_PARAMETER, () -> new KeyQuery(filter, order, cursor, limit));
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
