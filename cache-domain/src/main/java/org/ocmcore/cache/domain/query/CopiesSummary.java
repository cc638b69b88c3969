package org.ocmcore.cache.domain.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;

/**
 * A summary of the copies of keys that a change is about.
 *
 * @param copies the number of copies; a key on several servers counts for each
 * @param bytes of their items
 * @param servers the number of copies on each server, in the order of configuration
 * @param apps the apps with the most copies, most first
 * @param totalApps the number of apps
 * @param sample the first keys
 * @param freshness how complete and how old it is
 */
public record CopiesSummary(
    long copies,
    long bytes,
    Map<String, Long> servers,
    List<AppCopies> apps,
    long totalApps,
    List<CacheKey> sample,
    Freshness freshness) {
  /** The number of copies by the names of {@link #apps}, in their order. */
  public Map<String, Long> copiesByApp() {
    Map<String, Long> copies = new LinkedHashMap<>();
    apps.forEach(app -> copies.put(app.app().name(), app.copies()));
    return copies;
  }

  /** The number of copies of the keys of an app. */
  public record AppCopies(AppName app, long copies) {}
}
