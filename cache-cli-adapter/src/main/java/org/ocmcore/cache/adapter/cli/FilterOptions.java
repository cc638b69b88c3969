package org.ocmcore.cache.adapter.cli;

import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.ContradictoryCriteria;
import org.ocmcore.cache.domain.query.Criterion;
import org.ocmcore.cache.domain.query.KeyBytes;
import org.ocmcore.cache.domain.query.KeyCriteria;
import org.ocmcore.cache.domain.query.KeyFilter;
import picocli.CommandLine.Option;

/** Which keys a verb is for. Every method throws {@link WrongUsage} if an option is wrong. */
final class FilterOptions {
  @Option(names = "--pattern", paramLabel = "REGEX", description = "keys in which this is found")
  private String pattern;

  private String patternName = "--pattern";

  @Option(
      names = "--match",
      paramLabel = "regex|glob",
      description = "how the pattern is read (default regex)")
  private String match;

  @Option(names = "--glob", description = "the same as --match glob")
  private boolean glob;

  @Option(names = "--prefix", paramLabel = "TEXT", description = "keys that begin so")
  private String prefix;

  @Option(
      names = "--prefix-base64",
      paramLabel = "BASE64",
      description = "the same, for bytes that are no text")
  private String prefixBase64;

  @Option(
      names = "--app",
      paramLabel = "NAME",
      description = "keys of that app, as CACHE_APP_SEPARATORS or CACHE_APP_PATTERN say")
  private String app;

  @Option(
      names = "--min-size",
      paramLabel = "BYTES",
      description = "keys whose items take at least so much")
  private String minSize;

  @Option(
      names = "--max-size",
      paramLabel = "BYTES",
      description = "keys whose items take at most so much")
  private String maxSize;

  @Option(
      names = "--ttl-below",
      paramLabel = "TIME",
      description =
          "keys that expire within this time, such as 90s or 2h; without a unit in seconds")
  private String ttlBelow;

  @Option(
      names = "--ttl-above",
      paramLabel = "TIME",
      description = "keys that expire, but not within this time")
  private String ttlAbove;

  @Option(names = "--no-ttl", description = "keys that never expire")
  private boolean noTtl;

  @Option(
      names = "--idle-above",
      paramLabel = "TIME",
      description = "keys that nobody has used for longer")
  private String idleAbove;

  @Option(
      names = "--idle-below",
      paramLabel = "TIME",
      description = "keys that somebody has used within this time")
  private String idleBelow;

  @Option(
      names = "--never-fetched",
      description = "keys that nobody has read or refreshed since they were stored")
  private boolean neverFetched;

  @Option(
      names = "--server",
      paramLabel = "H:P",
      description = "keys on that server, as stats names it; the others need not answer")
  private String server;

  /** Takes a pattern that stands beside the options. */
  void pattern(String given) {
    if (given != null && pattern != null) {
      throw new WrongUsage(
          "PATTERN is \"%s\" and --pattern is \"%s\"; only one of them can be given"
              .formatted(given, pattern));
    }
    if (given != null) {
      pattern = given;
      patternName = "PATTERN";
    }
  }

  /** The filter for the domain. */
  KeyFilter filter() {
    return new KeyFilter(
        parsed(patternName, pattern, isGlob() ? KeyPattern::ofGlob : KeyPattern::of),
        parsed("--app", app, AppName::new),
        prefix(),
        criteria(),
        Optional.ofNullable(server));
  }

  /** The same for the API, as parameters by their names. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    fields().forEach((name, value) -> parameters.put(name, value.toString()));
    return parameters;
  }

  /** The same for the API, as the fields of a body: texts, numbers and flags by their names. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    put(fields, "pattern", pattern);
    if (pattern != null && isGlob()) {
      fields.put("match", "glob");
    }
    put(fields, "app", app);
    put(fields, "prefix", prefix);
    put(fields, "prefix_base64", prefixBase64);
    put(fields, "server", server);
    KeyCriteria criteria = criteria();
    criteria.minSize().ifPresent(bytes -> fields.put("min_size", bytes));
    criteria.maxSize().ifPresent(bytes -> fields.put("max_size", bytes));
    put(fields, "ttl_below", seconds(criteria.ttlBelow()));
    put(fields, "ttl_above", seconds(criteria.ttlAbove()));
    put(fields, "idle_above", seconds(criteria.idleAbove()));
    put(fields, "idle_below", seconds(criteria.idleBelow()));
    if (noTtl) {
      fields.put("no_ttl", true);
    }
    if (neverFetched) {
      fields.put("never_fetched", true);
    }
    return fields;
  }

  /** Throws {@link WrongUsage} if there are conditions on more than the names of keys. */
  void requireNamesOnly() {
    if (!filter().traits().isAny()) {
      throw new WrongUsage(
          "changes can be selected by pattern, prefix, app and server alone, not by size, lifetime, idle time or --never-fetched");
    }
  }

  /**
   * Throws {@link WrongUsage} if keys are selected by what no entry of a dump has.
   *
   * @param reason why no server is asked
   */
  void requireOfDump(String reason) {
    if (server != null) {
      throw wrong("--server", server, reason + "; leave it out");
    }
    if (neverFetched) {
      throw new WrongUsage(
          "--never-fetched is given: a dump does not say which keys were fetched; leave it out");
    }
  }

  /** The filter, which may name one of these servers. */
  KeyFilter filter(List<String> servers) {
    if (server != null && !servers.contains(server)) {
      throw wrong("--server", server, "it must be one of " + String.join(", ", servers));
    }
    return filter();
  }

  private static void put(Map<String, Object> fields, String name, Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private static Long seconds(Optional<Duration> time) {
    return time.map(Duration::toSeconds).orElse(null);
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return filter().isAll();
  }

  /** Whether every key passes, whatever it is, as with {@code --pattern .}. */
  boolean passEverything() {
    return filter().passesEverything();
  }

  private boolean isGlob() {
    if (match == null) {
      return glob;
    }
    return switch (match) {
      case "regex" -> {
        if (glob) {
          throw new WrongUsage("--match is \"regex\", and --glob is given; leave out one of them");
        }
        yield false;
      }
      case "glob" -> true;
      default -> throw wrong("--match", match, "it must be regex or glob");
    };
  }

  private KeyBytes prefix() {
    if (prefix != null && prefixBase64 != null) {
      throw new WrongUsage("only one of --prefix and --prefix-base64 can be given");
    }
    return parsed("--prefix", prefix, KeyBytes::of)
        .or(() -> parsed(
            "--prefix-base64",
            prefixBase64,
            text -> KeyBytes.ofBytes(Base64.getDecoder().decode(text))))
        .orElse(KeyBytes.NONE);
  }

  private static <T> Optional<T> parsed(String option, String text, Function<String, T> parser) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      throw wrong(option, text, e.getMessage());
    }
  }

  static WrongUsage wrong(String option, String text, String reason) {
    return new WrongUsage("%s is \"%s\": %s".formatted(option, text, reason));
  }

  private KeyCriteria criteria() {
    try {
      return new KeyCriteria(
          bytes("--min-size", minSize),
          bytes("--max-size", maxSize),
          time("--ttl-below", ttlBelow),
          time("--ttl-above", ttlAbove),
          noTtl,
          time("--idle-above", idleAbove),
          time("--idle-below", idleBelow),
          neverFetched);
    } catch (ContradictoryCriteria e) {
      throw new WrongUsage(e.message(FilterOptions::name));
    }
  }

  private static OptionalLong bytes(String option, String text) {
    return parsed(option, text, given -> Sizes.parse(given, KeyInfo.MAX_SIZE))
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private static Optional<Duration> time(String option, String text) {
    return parsed(option, text, given -> {
      Duration time = Durations.parse(given);
      if (time.toSeconds() > KeyInfo.MAX_SIZE) {
        throw new IllegalArgumentException(
            "it must be at most %d seconds".formatted(KeyInfo.MAX_SIZE));
      }
      return time;
    });
  }

  private static String name(Criterion criterion) {
    return switch (criterion) {
      case MIN_SIZE -> "--min-size";
      case MAX_SIZE -> "--max-size";
      case TTL_BELOW -> "--ttl-below";
      case TTL_ABOVE -> "--ttl-above";
      case NO_TTL -> "--no-ttl";
      case IDLE_ABOVE -> "--idle-above";
      case IDLE_BELOW -> "--idle-below";
      case NEVER_FETCHED -> "--never-fetched";
    };
  }
}
