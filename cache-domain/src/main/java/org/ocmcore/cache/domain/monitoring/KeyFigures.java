package org.ocmcore.cache.domain.monitoring;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.query.KeySummary;
import org.ocmcore.cache.domain.query.KeySummary.TtlSummary;

/**
 * The known keys in a few numbers.
 *
 * @param apps the keys of the {@value #NAMED} apps with the most bytes, largest first, and of all
 *     other apps under {@value #OTHER}
 * @param ttl the keys of all apps by remaining lifetime
 */
public record KeyFigures(Map<String, Amount> apps, TtlSummary ttl) {
  /** The most apps that are named. */
  public static final int NAMED = 50;

  /** The name for all other apps. An app of this name is among them. */
  public static final String OTHER = "other";

  /**
   * A number of keys.
   *
   * @param bytes of their items
   */
  public record Amount(long keys, long bytes) {
    private Amount plus(Amount more) {
      return new Amount(keys + more.keys, bytes + more.bytes);
    }
  }

  /** Sums up. */
  static KeyFigures of(SortedMap<AppName, KeySummary> all) {
    Map<String, Amount> apps = new LinkedHashMap<>();
    List<Map.Entry<AppName, KeySummary>> largest = all.entrySet().stream()
        .sorted(Comparator.comparingLong(app -> -app.getValue().bytes()))
        .toList();
    for (int i = 0; i < largest.size(); i++) {
      KeySummary app = largest.get(i).getValue();
      String name = i < NAMED ? largest.get(i).getKey().name() : OTHER;
      apps.merge(name, new Amount(app.keys(), app.bytes()), Amount::plus);
    }
    TtlSummary ttl = all.values().stream()
        .map(KeySummary::ttl)
        .reduce(new TtlSummary(0, 0, 0, 0, 0), KeyFigures::sum);
    return new KeyFigures(apps, ttl);
  }

  private static TtlSummary sum(TtlSummary one, TtlSummary other) {
    return new TtlSummary(
        one.never() + other.never(),
        one.underMinute() + other.underMinute(),
        one.underHour() + other.underHour(),
        one.underDay() + other.underDay(),
        one.overDay() + other.overDay());
  }
}
