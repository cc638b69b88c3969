package org.ocmcore.cache.app;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.pattern.KeyPattern;
import org.ocmcore.cache.domain.query.KeyBytes;
import org.ocmcore.cache.domain.query.KeyCriteria;
import org.ocmcore.cache.domain.query.KeyFilter;

/** Reads from a command line which keys are meant. */
final class KeyOptions {
  private static final List<String> TRAITS =
      List.of("min-size", "max-size", "ttl-below", "ttl-above", "no-ttl", "idle-above");

  private final CommandLine line;

  KeyOptions(CommandLine line) {
    this.line = line;
  }

  /** @throws WrongUsage if it cannot be understood */
  KeyFilter filter() {
    return new KeyFilter(
        read("pattern", KeyPattern::of),
        read("app", AppName::new),
        prefix(),
        traits(),
        Optional.empty());
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
          number("min-size"),
          number("max-size"),
          seconds("ttl-below"),
          seconds("ttl-above"),
          line.flag("no-ttl"),
          seconds("idle-above"));
    } catch (IllegalArgumentException e) {
      throw new WrongUsage(inOptions(e.getMessage()));
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

  private static String inOptions(String message) {
    String told = message;
    for (String option : TRAITS) {
      told = told.replace(option.replace('-', '_'), "--" + option);
    }
    return told;
  }
}
