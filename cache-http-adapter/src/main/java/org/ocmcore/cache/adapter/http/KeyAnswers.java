package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.named.PlacedEntry;
import org.ocmcore.cache.domain.named.StoreReceipt;

/** The answers about one key. */
final class KeyAnswers {
  private KeyAnswers() {}

  /** An entry. @param ttlSeconds what is left of its lifetime; null if it never expires */
  record Entry(
      @JsonUnwrapped KeyName key,
      Object value,
      String encoding,
      long flags,
      Optional<Long> ttlSeconds,
      long sizeBytes,
      String server) {
    static Entry of(PlacedEntry found, ValueJson.Shown value, Instant now) {
      CacheEntry entry = found.entry();
      return new Entry(
          KeyName.of(entry.key()),
          value.value(),
          value.encoding(),
          entry.value().flags(),
          Times.seconds(entry.expiry().remaining(now)),
          entry.size(),
          found.server());
    }
  }

  /**
   * What is known of a key without its value.
   *
   * @param ttlSeconds what is left of its lifetime; null if it never expires
   * @param flags null if the store does not tell them without a read
   * @param lastAccessSeconds since its last read or write; null if that is unknown
   * @param fetched whether it was read or refreshed since it was stored
   */
  record Metadata(
      @JsonUnwrapped KeyName key,
      Optional<Long> ttlSeconds,
      long sizeBytes,
      Optional<Long> flags,
      Optional<Long> lastAccessSeconds,
      boolean fetched,
      String server) {
    static Metadata of(KeyInfo found, Instant now) {
      return new Metadata(
          KeyName.of(found.key()),
          Times.seconds(found.expiry().remaining(now)),
          found.size(),
          Optional.of(found.flags()).filter(flags -> flags != KeyInfo.UNKNOWN),
          Times.seconds(found.idle(now)),
          found.fetched(),
          found.server());
    }
  }

  /** The servers of a key. @param servers all of them; left out if there is one only */
  record Place(
      String server, @JsonInclude(Include.NON_EMPTY) List<String> servers) {
    static Place of(List<String> servers) {
      return new Place(servers.get(0), servers.size() > 1 ? servers : List.of());
    }
  }

  /** A value was stored. @param timeout in seconds; null if it never expires */
  record Stored(
      String message,
      @JsonUnwrapped KeyName key,
      OptionalLong timeout,
      long flags,
      @JsonUnwrapped Place place)
      implements ChangeAnswer {
    static Stored of(CacheKey key, StoreReceipt stored) {
      return new Stored(
          "Key '%s' %s".formatted(key, stored.isNew() ? "created" : "replaced"),
          KeyName.of(key),
          Times.seconds(stored.lifetime()),
          stored.flags(),
          Place.of(stored.servers()));
    }
  }

  /** A key has a new lifetime. @param timeout in seconds; null if it never expires */
  record Refreshed(
      String message,
      @JsonUnwrapped KeyName key,
      OptionalLong timeout,
      @JsonUnwrapped Place place) implements ChangeAnswer {
    static Refreshed of(CacheKey key, Lifetime timeout, List<String> servers) {
      return new Refreshed(
          "Key '" + key + "' refreshed",
          KeyName.of(key),
          Times.seconds(timeout),
          Place.of(servers));
    }
  }

  /** A key is gone. */
  record Deleted(
      String message,
      @JsonUnwrapped KeyName key,
      @JsonUnwrapped Place place) implements ChangeAnswer {
    static Deleted of(CacheKey key, List<String> servers) {
      return new Deleted("Key '" + key + "' deleted", KeyName.of(key), Place.of(servers));
    }
  }

  /** All keys are gone. */
  record Cleared(String message) implements ChangeAnswer {
    Cleared() {
      this("Cache cleared successfully");
    }
  }
}
