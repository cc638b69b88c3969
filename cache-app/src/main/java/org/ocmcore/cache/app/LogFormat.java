package org.ocmcore.cache.app;

import java.util.Locale;
import java.util.Map;

/** What lines of the log look like. */
public enum LogFormat {
  /** For people. Stack traces have a line for each call. */
  TEXT,
  /** For programs: each line is a JSON object. */
  JSON;

  /** The format that these variables choose; text if that setting is wrong, as is said later. */
  static LogFormat of(Map<String, String> environment) {
    String text = environment.getOrDefault(Setting.CACHE_LOG_FORMAT.name(), "").strip();
    return text.equals(JSON.toString()) ? JSON : TEXT;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
