package org.ocmcore.cache.domain.query;

import java.util.List;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;

/**
 * The values of named keys.
 *
 * @param entries the keys that exist, in the order in which they were named
 * @param absent the keys that do not exist
 * @param unread the keys that were not requested, since there were enough bytes, or whose server
 *     failed
 * @param failures at most one for each server
 */
public record NamedValues(
    List<CacheEntry> entries,
    List<CacheKey> absent,
    List<CacheKey> unread,
    List<StoreUnavailable> failures) {
  public NamedValues {
    entries = List.copyOf(entries);
    absent = List.copyOf(absent);
    unread = List.copyOf(unread);
    failures = List.copyOf(failures);
  }

  /**
   * Fetches the values of these keys, as far as they fit. If one server fails, the others still
   * answer.
   *
   * @param batch the number of keys in one request
   * @param maxBytes when this number of bytes is reached, no more keys are requested
   * @throws StoreUnavailable if it is unknown where a key belongs
   */
  public static NamedValues fetch(CachePort cache, List<CacheKey> keys, int batch, long maxBytes) {
    NamedReading reading = new NamedReading(cache);
    for (int asked = 0; asked < keys.size(); asked += batch) {
      List<CacheKey> next = keys.subList(asked, Math.min(keys.size(), asked + batch));
      if (reading.bytes() < maxBytes) {
        reading.read(next);
      } else {
        reading.leave(next);
      }
    }
    return reading.result();
  }
}
