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
 * Which dumps are kept: the newest, a number of older ones, and the last dump of each recent day
 * (UTC). Complete and partial dumps are counted separately, so neither displaces the other; no
 * partial dump is kept for its day. Damaged dumps are neither counted nor removed.
 *
 * @param older the number of older dumps beside the newest, not negative
 * @param days the number of days, with today, whose last dump is kept; 0 for none
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

  /** The names of the dumps to remove. */
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
