package org.ocmcore.cache.domain.dump;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ocmcore.cache.domain.port.DumpInfo;

/**
 * Which dumps stay: the newest, so many older ones, and the last of each of the last days (UTC).
 * Whole dumps and those that lack keys are counted apart, so that neither displaces the other; of
 * the latter none stays for its day. What is damaged is neither counted nor removed.
 *
 * @param older how many older ones stay beside the newest, not negative
 * @param days of how many days, today and before, the last dump stays; 0: of none
 */
public record Retention(int older, int days) {
  public Retention {
    if (older < 0) {
      throw new IllegalArgumentException("older is " + older + ", it must not be negative");
    }
    if (days < 0) {
      throw new IllegalArgumentException("days is " + days + ", it must not be negative");
    }
  }

  /** The names of those that are too many. */
  List<String> surplus(List<DumpInfo> newestFirst, Instant now) {
    List<DumpInfo> valid = newestFirst.stream().filter(DumpInfo::valid).toList();
    LocalDate firstDay = day(now).minusDays(days);
    Set<LocalDate> kept = new HashSet<>();
    List<String> surplus = new ArrayList<>();
    int whole = 0;
    int partial = 0;
    for (DumpInfo dump : valid) {
      boolean stays = dump.complete() ? whole++ <= older : partial++ <= older;
      LocalDate day = day(dump.createdAt());
      boolean isLastOfDay = dump.complete() && day.isAfter(firstDay) && kept.add(day);
      if (!stays && !isLastOfDay) {
        surplus.add(dump.name());
      }
    }
    return surplus;
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
