package org.ocmcore.cache.app;

import java.time.Duration;
import java.util.Base64;
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

/** Reads the key filter from a command line. */
final class KeyOptions {
  private final CommandLine line;

  KeyOptions(CommandLine line) {
    this.line = line;
  }

  /** @throws WrongUsage if an option is wrong */
  KeyFilter filter() {
    return new KeyFilter(
        read("pattern", text -> glob() ? KeyPattern.ofGlob(text) : KeyPattern.of(text)),
        read("app", AppName::new),
        prefix(),
        traits(),
        Optional.empty());
  }

  private boolean glob() {
    return switch (line.text("match").orElse("regex")) {
      case "regex" -> false;
      case "glob" -> true;
      default -> throw line.wrong("match", "it must be regex or glob");
    };
  }

  private KeyBytes prefix() {
    if (line.flag("prefix") && line.flag("prefix-base64")) {
      throw new WrongUsage("only one of --prefix and --prefix-base64 can be given");
    }
    return read("prefix", KeyBytes::of)
        .or(() ->
            read("prefix-base64", text -> KeyBytes.ofBytes(Base64.getDecoder().decode(text))))
        .orElse(KeyBytes.NONE);
  }

  private <T> Optional<T> read(String option, Function<String, T> reading) {
    return line.text(option).map(text -> {
      try {
        return reading.apply(text);
      } catch (IllegalArgumentException e) {
        throw line.wrong(option, e.getMessage());
      }
    });
  }

  private KeyCriteria traits() {
    try {
      return new KeyCriteria(
          number(option(Criterion.MIN_SIZE)),
          number(option(Criterion.MAX_SIZE)),
          seconds(option(Criterion.TTL_BELOW)),
          seconds(option(Criterion.TTL_ABOVE)),
          line.flag(option(Criterion.NO_TTL)),
          seconds(option(Criterion.IDLE_ABOVE)));
    } catch (ContradictoryCriteria e) {
      throw new WrongUsage(e.message(criterion -> "--" + option(criterion)));
    }
  }

  private OptionalLong number(String option) {
    return line.number(option, 0, KeyInfo.MAX_SIZE);
  }

  private Optional<Duration> seconds(String option) {
    OptionalLong seconds = number(option);
    return seconds.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(seconds.getAsLong()));
  }

  private static String option(Criterion criterion) {
    return switch (criterion) {
      case MIN_SIZE -> "min-size";
      case MAX_SIZE -> "max-size";
      case TTL_BELOW -> "ttl-below";
      case TTL_ABOVE -> "ttl-above";
      case NO_TTL -> "no-ttl";
      case IDLE_ABOVE -> "idle-above";
    };
  }
}
