package org.ocmcore.cache.adapter.http;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.query.ContradictoryCriteria;
import org.ocmcore.cache.domain.query.Criterion;
import org.ocmcore.cache.domain.query.KeyBytes;
import org.ocmcore.cache.domain.query.KeyCriteria;
import org.ocmcore.cache.domain.query.KeyFilter;
import org.ocmcore.cache.domain.query.KeyOrder;
import org.ocmcore.cache.domain.query.KeyQuery;
import org.ocmcore.cache.domain.query.LevelQuery;

/**
 * Parses the parameters that select and order keys. Every method throws a {@link RequestRejected}
 * that names the parameter and the value if it is invalid. For use by one thread.
 */
final class KeyParameters {
  /** Where a page begins. */
  static final String CURSOR = "cursor";

  static final String SERVER = "server";
  private static final String PREFIX = "prefix";
  private static final String PREFIX_BASE64 = "prefix_base64";
  private static final String APP = "app";
  private static final String MIN_SIZE = "min_size";
  private static final String MAX_SIZE = "max_size";
  private static final String TTL_BELOW = "ttl_below";
  private static final String TTL_ABOVE = "ttl_above";
  private static final String NO_TTL = "no_ttl";
  private static final String IDLE_ABOVE = "idle_above";
  private static final String IDLE_BELOW = "idle_below";
  static final String NEVER_FETCHED = "never_fetched";
  private static final String DELIMITER = "delimiter";
  private static final String SORT = "sort";
  private static final String ORDER = "order";

  /** The names of what {@link #filter} parses. */
  static final Set<String> FILTERS = Set.of(
      PREFIX,
      PREFIX_BASE64,
      APP,
      MIN_SIZE,
      MAX_SIZE,
      TTL_BELOW,
      TTL_ABOVE,
      NO_TTL,
      IDLE_ABOVE,
      IDLE_BELOW,
      NEVER_FETCHED,
      SERVER);

  static final long MAX_FILTER = KeyInfo.MAX_SIZE;

  private final Parameters query;

  KeyParameters(Parameters query) {
    this.query = query;
  }

  /**
   * The filter without a pattern, which the caller adds.
   *
   * @param servers the servers that the filter may name; none for keys in a dump, which also have
   *     no mark that they were fetched
   */
  KeyFilter filter(List<String> servers) {
    Optional<AppName> app = query
        .text(APP)
        .map(name -> RawRequest.parsed(Kind.INVALID_PARAMETER, () -> new AppName(name)));
    Optional<String> server = query.text(SERVER);
    if (server.isPresent() && servers.isEmpty()) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER,
          "server is \"%s\", which cannot be asked for here: entries of a dump belong to no server"
              .formatted(server.get()));
    }
    if (server.isPresent() && !servers.contains(server.get())) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER,
          "server is \"%s\", it must be one of %s"
              .formatted(server.get(), String.join(", ", servers)));
    }
    KeyCriteria criteria = criteria();
    if (criteria.neverFetched() && servers.isEmpty()) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER,
          "never_fetched is true, which cannot be asked for here: a dump does not say which keys were fetched; leave it out");
    }
    return new KeyFilter(Optional.empty(), app, prefix(), criteria, server);
  }

  private KeyCriteria criteria() {
    OptionalLong minSize = query.number(MIN_SIZE, 0, MAX_FILTER);
    OptionalLong maxSize = query.number(MAX_SIZE, 0, MAX_FILTER);
    Optional<Duration> ttlBelow = seconds(TTL_BELOW);
    Optional<Duration> ttlAbove = seconds(TTL_ABOVE);
    boolean noTtl = query.flag(NO_TTL);
    Optional<Duration> idleAbove = seconds(IDLE_ABOVE);
    Optional<Duration> idleBelow = seconds(IDLE_BELOW);
    boolean neverFetched = query.flag(NEVER_FETCHED);
    try {
      return new KeyCriteria(
          minSize, maxSize, ttlBelow, ttlAbove, noTtl, idleAbove, idleBelow, neverFetched);
    } catch (ContradictoryCriteria e) {
      throw new RequestRejected(Kind.INVALID_PARAMETER, e.message(KeyParameters::name));
    }
  }

  /** A filter in words, by the names of its parameters. */
  static String words(KeyFilter filter) {
    return filter.words(KeyParameters::name);
  }

  private static String name(Criterion criterion) {
    return switch (criterion) {
      case MIN_SIZE -> MIN_SIZE;
      case MAX_SIZE -> MAX_SIZE;
      case TTL_BELOW -> TTL_BELOW;
      case TTL_ABOVE -> TTL_ABOVE;
      case NO_TTL -> NO_TTL;
      case IDLE_ABOVE -> IDLE_ABOVE;
      case IDLE_BELOW -> IDLE_BELOW;
      case NEVER_FETCHED -> NEVER_FETCHED;
    };
  }

  /** The {@code prefix}, as text or in base64. */
  KeyBytes prefix() {
    Optional<String> text = query.text(PREFIX);
    Optional<String> base64 = query.text(PREFIX_BASE64);
    if (text.isPresent() && base64.isPresent()) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER,
          "prefix is \"%s\" and prefix_base64 is \"%s\"; only one of them can be given"
              .formatted(text.get(), base64.get()));
    }
    return text.map(given -> keyBytes(PREFIX, given, () -> KeyBytes.of(given)))
        .or(() -> base64.map(
            given -> keyBytes(PREFIX_BASE64, given, () -> KeyBytes.ofBytes(decode(given)))))
        .orElse(KeyBytes.NONE);
  }

  /**
   * Decodes base64 of either alphabet, padded or not.
   *
   * @throws IllegalArgumentException if it is no base64
   */
  static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not base64", e);
    }
  }

  /** The {@code delimiter}; {@code :} if it is left out. */
  KeyBytes delimiter() {
    String given = query.text(DELIMITER).orElse(":");
    if (given.isEmpty()) {
      throw new RequestRejected(Kind.INVALID_PARAMETER, "delimiter is \"\", it must not be empty");
    }
    return keyBytes(DELIMITER, given, () -> KeyBytes.of(given));
  }

  private static KeyBytes keyBytes(String name, String given, Supplier<KeyBytes> parser) {
    try {
      return parser.get();
    } catch (IllegalArgumentException e) {
      String shown = given.length() > 100 ? given.substring(0, 100) + "…" : given;
      throw new RequestRejected(
          Kind.INVALID_PARAMETER,
          "%s is \"%s\", which cannot be: %s".formatted(name, shown, e.getMessage()));
    }
  }

  /** The {@code sort} and {@code order} of keys. */
  KeyOrder order() {
    KeyOrder order = KeyOrder.of(query.choice(SORT, KeyOrder.By.class, KeyOrder.By.KEY));
    return query
        .text(ORDER)
        .map(given -> switch (given) {
          case "asc" -> new KeyOrder(order.by(), false);
          case "desc" -> new KeyOrder(order.by(), true);
          default ->
            throw new RequestRejected(
                Kind.INVALID_PARAMETER, "order is \"%s\", it must be asc or desc".formatted(given));
        })
        .orElse(order);
  }

  private Optional<Duration> seconds(String name) {
    OptionalLong seconds = query.number(name, 0, MAX_FILTER);
    return seconds.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(seconds.getAsLong()));
  }

  /** The {@code sort} of a level of the tree. */
  LevelQuery.Order levelOrder() {
    return query.choice(SORT, LevelQuery.Order.class, LevelQuery.Order.SIZE);
  }

  /** A page of keys. */
  KeyQuery page(KeyFilter filter, OptionalInt limit) {
    KeyOrder order = order();
    Optional<CacheKey> cursor = cursor();
    return RawRequest.parsed(
        Kind.INVALID_PARAMETER, () -> new KeyQuery(filter, order, cursor, limit));
  }

  /** The {@code cursor}: the last key of the page before. */
  Optional<CacheKey> cursor() {
    return query.text(CURSOR).map(cursor -> {
      try {
        return CacheKey.ofBytes(Base64.getUrlDecoder().decode(cursor));
      } catch (IllegalArgumentException e) {
        throw new RequestRejected(
            Kind.INVALID_PARAMETER,
            "cursor is \"%s\", which no answer has given".formatted(cursor));
      }
    });
  }

  /** The cursor that {@link #cursor()} parses. */
  static String cursor(CacheKey last) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(last.bytes());
  }
}
