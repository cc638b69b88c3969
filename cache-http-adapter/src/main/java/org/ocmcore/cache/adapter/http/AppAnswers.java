package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.query.AppKeys;
import org.ocmcore.cache.domain.query.Freshness;
import org.ocmcore.cache.domain.query.KeySummary;

/** The answers about apps. */
final class AppAnswers {
  private AppAnswers() {}

  /** What the keys of an app add up to. */
  record Totals(
      String appName, long totalKeys, long activeKeys, long expiredKeys, long totalBytes) {
    static Totals of(AppName app, KeySummary totals) {
      return new Totals(
          app.name(), totals.keys(), totals.active(), totals.expired(), totals.bytes());
    }
  }

  /** One app. */
  record One(@JsonUnwrapped Totals totals, @JsonUnwrapped FreshnessAnswer freshness) {
    static One of(AppName app, KeySummary totals, Freshness freshness) {
      return new One(Totals.of(app, totals), FreshnessAnswer.of(freshness));
    }
  }

  /** All apps, by name. */
  record All(
      Map<String, Totals> appsStats,
      int totalApps,
      @JsonUnwrapped FreshnessAnswer freshness) {
    static All of(Map<AppName, KeySummary> apps, Freshness freshness) {
      Map<String, Totals> totals = new LinkedHashMap<>();
      apps.forEach((app, sums) -> totals.put(app.name(), Totals.of(app, sums)));
      return new All(totals, totals.size(), FreshnessAnswer.of(freshness));
    }
  }

  /**
   * The keys of all apps, by name.
   *
   * @param registriesBase64 the bytes of keys that are not text; left out if there are none
   * @param truncated the apps that have more keys than are listed
   */
  record Registry(
      Map<String, KeyJson> registries,

      @JsonInclude(value = Include.NON_EMPTY, content = Include.NON_EMPTY)
      Map<String, KeyJson.Binaries> registriesBase64,

      int totalApps,
      Set<String> appNames,
      List<String> truncated,
      @JsonUnwrapped FreshnessAnswer freshness) {
    static Registry of(List<AppKeys> apps, Freshness freshness) {
      Map<String, KeyJson> keys = new LinkedHashMap<>();
      Map<String, KeyJson.Binaries> binaries = new LinkedHashMap<>();
      for (AppKeys app : apps) {
        KeyJson names = KeyJson.names(app.keys());
        keys.put(app.app().name(), names);
        binaries.put(app.app().name(), names.binaries());
      }
      List<String> truncated = apps.stream()
          .filter(app -> app.keys().size() < app.total())
          .map(app -> app.app().name())
          .toList();
      return new Registry(
          keys, binaries, apps.size(), keys.keySet(), truncated, FreshnessAnswer.of(freshness));
    }
  }
}
