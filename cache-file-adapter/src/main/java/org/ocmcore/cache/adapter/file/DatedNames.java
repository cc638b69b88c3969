package org.ocmcore.cache.adapter.file;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** File names with a time: {@code <prefix><yyyyMMdd'T'HHmmss.SSS'Z'>[-n]<suffix>}. */
final class DatedNames {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
          "uuuuMMdd'T'HHmmss.SSS'Z'")
      .withZone(ZoneOffset.UTC)
      .withResolverStyle(ResolverStyle.STRICT);

  private final String prefix;
  private final String suffix;
  private final Pattern pattern;

  DatedNames(String prefix, String suffix) {
    this.prefix = prefix;
    this.suffix = suffix;
    pattern = Pattern.compile(Pattern.quote(prefix)
        + "(\\d{8}T\\d{6}\\.\\d{3}Z)(?:-([1-9]\\d{0,8}))?"
        + Pattern.quote(suffix));
  }

  /**
   * A name and its parts.
   *
   * @param time in whole milliseconds
   * @param repeat 0 for the first name of a time, then 1, 2, …
   */
  record DatedName(String name, Instant time, int repeat) {
    static final Comparator<DatedName> NEWEST_FIRST = Comparator.comparing(DatedName::time)
        .thenComparingInt(DatedName::repeat)
        .reversed();
  }

  /** The parts of a name; empty if it is not exactly of this form. */
  Optional<DatedName> parse(String name) {
    Matcher matcher = pattern.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int repeat = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    try {
      return Optional.of(new DatedName(name, TIME.parse(matcher.group(1), Instant::from), repeat));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  /** The name for a time in the years 0000 to 9999, cut to milliseconds. */
  DatedName at(Instant time, int repeat) {
    Instant milliseconds = time.truncatedTo(ChronoUnit.MILLIS);
    String name = prefix + TIME.format(milliseconds) + (repeat == 0 ? "" : "-" + repeat) + suffix;
    return new DatedName(name, milliseconds, repeat);
  }
}
