package org.ocmcore.cache.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ocmcore.cache.adapter.http.Spelling;

/**
 * Reads settings and gathers what is wrong with them, so that all of it is told at once. A value
 * that cannot be read is noted and its default goes on in its place. For one thread.
 */
final class SettingReader {
  private static final int LIKELY_TYPO = 2;

  private static final List<String> NAMES =
      Arrays.stream(Setting.values()).map(Setting::name).toList();

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();
  private final Map<Setting, String> effective = new EnumMap<>(Setting.class);

  SettingReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Whether it is given and not empty. */
  boolean isSet(Setting setting) {
    return !environment.getOrDefault(setting.name(), "").isBlank();
  }

  /** The setting as this reads it; its text, or the default if it is not set. */
  <T> T read(Setting setting, Function<String, T> parse) {
    return read(setting, setting.standard(), parse);
  }

  /** As {@link #read(Setting, Function)}, where the default depends on other settings. */
  <T> T read(Setting setting, String standard, Function<String, T> parse) {
    String text = isSet(setting) ? environment.get(setting.name()).strip() : standard;
    try {
      T value = parse.apply(text);
      effective.put(setting, text);
      return value;
    } catch (IllegalArgumentException e) {
      problems.add("%s is \"%s\": %s".formatted(setting, text, e.getMessage()));
      return parse.apply(standard);
    }
  }

  /** A whole number within these bounds. */
  long number(Setting setting, long least, long most) {
    return number(setting, setting.standard(), least, most);
  }

  /** As {@link #number(Setting, long, long)}, where the default is computed. */
  long number(Setting setting, String standard, long least, long most) {
    return read(setting, standard, text -> {
      try {
        long value = Long.parseLong(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Told below, in the words that a number out of bounds gets.
      }
      throw new IllegalArgumentException(
          "it must be a whole number from %d to %d".formatted(least, most));
    });
  }

  /** True or false. */
  boolean flag(Setting setting) {
    return read(setting, text -> switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("it must be true or false");
    });
  }

  /** Notes a problem that is not one setting's alone. */
  void problem(String problem) {
    problems.add(problem);
  }

  /**
   * Notes names that look like settings and are none: all that begin with {@code CACHE_}, and of
   * those with {@code MEMCACHED_}, which other programs use too, the ones that are close to a
   * setting.
   */
  void noteUnknownNames() {
    environment.keySet().stream().sorted().forEach(name -> {
      String nearest = Spelling.nearest(name, NAMES);
      boolean ours = name.startsWith("CACHE_")
          || name.startsWith("MEMCACHED_") && Spelling.distance(name, nearest) <= LIKELY_TYPO;
      if (ours && !nearest.equals(name)) {
        problems.add("%s is no setting; did you mean %s?".formatted(name, nearest));
      }
    });
  }

  /** What went wrong, if anything did. */
  Optional<InvalidSettings> failure() {
    return problems.isEmpty() ? Optional.empty() : Optional.of(new InvalidSettings(problems));
  }

  /** The settings that were read, with the values that hold. */
  Map<Setting, String> effective() {
    return effective;
  }
}
