package org.ocmcore.cache.adapter.http;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.domain.index.RangeSummary;
import org.ocmcore.cache.domain.query.Analysis;
import org.ocmcore.cache.domain.query.Analysis.Amount;
import org.ocmcore.cache.domain.query.Analysis.AppAmount;
import org.ocmcore.cache.domain.query.Analysis.SizeClass;
import org.ocmcore.cache.domain.query.Analysis.Spread;
import org.ocmcore.cache.domain.query.KeyBytes;
import org.ocmcore.cache.domain.query.Level;
import org.ocmcore.cache.domain.query.Level.Child;

/** How levels of the tree and analyses are answered. */
final class Overviews {
  private Overviews() {}

  /** The readable form, and the bytes beside it if they are no text. */
  static Map<String, Object> part(String name, KeyBytes part) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(name, part.toString());
    if (!part.isText()) {
      fields.put(name + "_base64", KeyJson.base64(part.bytes()));
    }
    return fields;
  }

  static Map<String, Object> sums(RangeSummary sums) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("keys", sums.keys());
    fields.put("bytes", sums.bytes());
    fields.put("never_expire", sums.never());
    return fields;
  }

  static Iterable<Map<String, Object>> children(Level level) {
    return () -> level.children().stream().map(Overviews::child).iterator();
  }

  private static Map<String, Object> child(Child child) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.putAll(part("name", child.name()));
    fields.putAll(part("prefix", child.prefix()));
    fields.put("is_key", child.isKey());
    fields.putAll(sums(child.sums()));
    return fields;
  }

  static Map<String, Object> analysis(Analysis analysis, Instant now) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("totals", sums(analysis.totals()));
    fields.put("top_apps_by_bytes", apps(analysis.appsByBytes()));
    fields.put("top_apps_by_count", apps(analysis.appsByKeys()));
    fields.put("top_keys_by_bytes", KeyJson.details(analysis.largest(), now));
    fields.put("ttl", spread("never", true, analysis.ttl()));
    fields.put("sizes", analysis.sizes().stream().map(Overviews::sizeClass).toList());
    fields.put("idle", spread("unknown", false, analysis.idle()));
    fields.put("never_fetched", amount(analysis.neverFetched()));
    fields.put(
        "expiring_by_minute",
        analysis.expiring().stream().map(Overviews::amount).toList());
    return fields;
  }

  private static List<Map<String, Object>> apps(List<AppAmount> apps) {
    return apps.stream().map(Overviews::app).toList();
  }

  private static Map<String, Object> app(AppAmount app) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("app_name", app.app().name());
    fields.putAll(amount(app.amount()));
    return fields;
  }

  private static Map<String, Object> amount(Amount amount) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("keys", amount.keys());
    fields.put("bytes", amount.bytes());
    return fields;
  }

  private static Map<String, Object> sizeClass(SizeClass size) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("from_bytes", size.from());
    fields.put("below_bytes", size.below());
    fields.putAll(amount(size.amount()));
    return fields;
  }

  /** @param none the name of those without such a time, which come first or last */
  private static Map<String, Object> spread(String none, boolean noneFirst, Spread spread) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (noneFirst) {
      fields.put(none, amount(spread.none()));
    }
    String last = "";
    for (int i = 0; i < spread.under().size(); i++) {
      last = shown(Spread.BOUNDS.get(i));
      fields.put("under_" + last, amount(spread.under().get(i)));
    }
    fields.put("over_" + last, amount(spread.over()));
    if (!noneFirst) {
      fields.put(none, amount(spread.none()));
    }
    return fields;
  }

  private static String shown(Duration bound) {
    if (bound.toHours() == 0) {
      return bound.toMinutes() + "m";
    }
    return bound.toDays() == 0 ? bound.toHours() + "h" : bound.toDays() + "d";
  }
}
