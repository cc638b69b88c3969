package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.CacheKey;

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
      long sizeBytes) {
    static Entry of(CacheEntry entry, ValueJson.Shown value, Instant now) {
      return new Entry(
          KeyName.of(entry.key()),
          value.value(),
          value.encoding(),
          entry.value().flags(),
          Times.seconds(entry.expiry().remaining(now)),
          entry.size());
    }
  }

  /** A key has a new lifetime. @param timeout in seconds; null if it never expires */
  record Stored(String message, @JsonUnwrapped KeyName key, OptionalLong timeout)
      implements ChangeAnswer {
    static Stored of(CacheKey key, String done, Lifetime timeout) {
      return new Stored(
          "Key '%s' %s".formatted(key, done), KeyName.of(key), Times.seconds(timeout));
    }
  }

  /** A key is gone. */
  record Deleted(String message, @JsonUnwrapped KeyName key) implements ChangeAnswer {
    static Deleted of(CacheKey key) {
      return new Deleted("Key '" + key + "' deleted", KeyName.of(key));
    }
  }

  /** All keys are gone. */
  record Cleared(String message) implements ChangeAnswer {
    Cleared() {
      this("Cache cleared successfully");
    }
  }
}
