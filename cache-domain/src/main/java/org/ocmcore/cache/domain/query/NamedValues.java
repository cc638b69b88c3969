package org.ocmcore.cache.domain.query;

import java.util.List;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.CachePort;

/**
 * What keys hold that were named.
 *
 * @param entries those that are there, in the order in which they were named
 * @param absent those that are not
 * @param unread those of which nothing is known: that were not asked for any more, since there was
 *     enough, or whose server failed
 * @param failures of servers, at most one each
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
   * @param batch how many keys are asked for at once
   * @param maxBytes when so many bytes are there, no more are asked for
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
