package org.ocmcore.cache.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.ocmcore.cache.adapter.cli.CommandLineRunner;
import org.ocmcore.cache.adapter.cli.InvalidSettings;
import org.ocmcore.cache.adapter.cli.UnreadableArgument;
import org.ocmcore.cache.adapter.http.Spelling;

/**
 * Parses settings and collects all problems. A wrong value is noted, and its default is used
 * instead. For use by one thread.
 */
final class SettingReader {
  private static final int LIKELY_TYPO = 2;

  /** Shown instead of a secret. */
  private static final String MASK = "***";

  private static final int MAX_SHOWN = 200;

  /** A user and password before a host, as URLs have them. */
  private static final String USER_IN_ADDRESS = "[^,/@\\s]+:[^,/@\\s]+@";

  /** Kubernetes sets these for each service, such as {@code CACHE_PORT=tcp://10.0.0.1:80}. */
  private static final Pattern SERVICE_LINK = Pattern.compile(
      "\\w+_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)=.*"
          + "|\\w+_PORT=(tcp|udp|sctp)://.*",
      Pattern.DOTALL);

  private static final List<String> NAMES =
      Arrays.stream(Setting.values()).map(Setting::name).toList();

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();
  private final Map<Setting, SettingValue> effective = new EnumMap<>(Setting.class);

  SettingReader(Map<String, String> environment) {
    this.environment = new HashMap<>(environment);
    this.environment
        .entrySet()
        .removeIf(variable -> SERVICE_LINK.matcher(variable.toString()).matches());
  }

  /** Whether it is set and not empty. */
  boolean isSet(Setting setting) {
    return !environment.getOrDefault(setting.name(), "").isBlank();
  }

  /** Parses a setting: its text, or the default if it is not set. */
  <T> T read(Setting setting, Function<String, T> parse) {
    return read(setting, setting.standard(), parse);
  }

  /** The same with a default that depends on other settings. */
  <T> T read(Setting setting, String standard, Function<String, T> parse) {
    String text = isSet(setting) ? environment.get(setting.name()).strip() : standard;
    try {
      if (!UnreadableArgument.isReadable(text)) {
        throw new IllegalArgumentException(UnreadableArgument.reason(setting.name()));
      }
      T value = parse.apply(text);
      effective.put(setting, new SettingValue(shown(setting, text), isSet(setting)));
      return value;
    } catch (IllegalArgumentException e) {
      problems.add("%s is \"%s\": %s"
          .formatted(setting, shown(setting, text), withoutPasswords(e.getMessage())));
      return parse.apply(standard);
    }
  }

  private static String shown(Setting setting, String text) {
    if (setting.isSecret() && !text.isEmpty()) {
      return MASK;
    }
    String masked = withoutPasswords(text);
    return masked.length() > MAX_SHOWN ? masked.substring(0, MAX_SHOWN) + "…" : masked;
  }

  private static String withoutPasswords(String text) {
    return text.replaceAll(USER_IN_ADDRESS, MASK + "@");
  }

  /** Parses a setting without a default; empty if it is not set or wrong. */
  <T> Optional<T> optional(Setting setting, Function<String, T> parse) {
    return read(
        setting, "", text -> text.isEmpty() ? Optional.empty() : Optional.of(parse.apply(text)));
  }

  /** Reads the file that a setting names; empty if it is not set or the file is unusable. */
  <T> Optional<T> file(Setting setting, Function<Path, T> parse) {
    return optional(setting, text -> {
      try {
        return parse.apply(Path.of(text));
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException("it is no path: " + e.getReason(), e);
      }
    });
  }

  /** A whole number within these bounds. */
  long number(Setting setting, long least, long most) {
    return number(setting, setting.standard(), least, most);
  }

  /** The same with a computed default. */
  long number(Setting setting, String standard, long least, long most) {
    return read(setting, standard, text -> {
      try {
        long value = Long.parseLong(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Reported below like a number out of bounds.
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

  /** Whether both are set. Notes a problem if only one is. */
  boolean requireBoth(Setting one, Setting other) {
    if (isSet(one) != isSet(other)) {
      problem("%s is set without %s: set both or neither"
          .formatted(isSet(one) ? one : other, isSet(one) ? other : one));
    }
    return isSet(one) && isSet(other);
  }

  /** Notes a problem of several settings. */
  void problem(String problem) {
    problems.add(problem);
  }

  /**
   * Notes unknown names: all that begin with {@code CACHE_}, and all others that are close to a
   * setting of memcached: other programs use that prefix, too.
   */
  void addUnknownNames() {
    environment.keySet().stream()
        .filter(name -> name.startsWith("CACHE_") || name.startsWith("MEMCACHE"))
        .filter(name -> !NAMES.contains(name) && !CommandLineRunner.VARIABLES.contains(name))
        .sorted()
        .forEach(this::addUnknownName);
  }

  private void addUnknownName(String name) {
    String nearest = Spelling.nearest(name, NAMES);
    if (name.startsWith("CACHE_") || Spelling.distance(name, nearest) <= LIKELY_TYPO) {
      problems.add("%s is no setting; did you mean %s?".formatted(name, nearest));
    }
  }

  /** All problems; empty if there are none. */
  Optional<InvalidSettings> failure() {
    return problems.isEmpty() ? Optional.empty() : Optional.of(new InvalidSettings(problems));
  }

  /** The effective value of every setting that was read; secrets are masked. */
  Map<Setting, SettingValue> effective() {
    return effective;
  }
}
