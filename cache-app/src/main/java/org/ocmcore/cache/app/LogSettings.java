package org.ocmcore.cache.app;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ocmcore.cache.adapter.http.AccessLog;
import org.slf4j.event.Level;

/**
 * What is logged.
 *
 * @param format of the lines
 * @param level the least of lines of this service
 */
public record LogSettings(LogFormat format, Level level) {
  static LogSettings parse(SettingReader reader) {
    return new LogSettings(
        reader.read(Setting.CACHE_LOG_FORMAT, text -> one(text, List.of(LogFormat.values()))),
        reader.read(
            Setting.CACHE_LOG_LEVEL,
            text -> one(text, List.of(Level.ERROR, Level.WARN, Level.INFO, Level.DEBUG))));
  }

  /** Which requests are logged. */
  static AccessLog access(SettingReader reader) {
    return reader.read(Setting.CACHE_ACCESS_LOG, text -> one(text, List.of(AccessLog.values())));
  }

  private static <E extends Enum<E>> E one(String text, List<E> choices) {
    return choices.stream()
        .filter(choice -> word(choice).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it must be one of "
            + choices.stream().map(LogSettings::word).collect(Collectors.joining(", "))));
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
