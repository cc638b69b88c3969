package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.named.PlacedEntry;
import tools.jackson.databind.JsonNode;

/**
 * A key with its value, as the API has it.
 *
 * @param value null if it is hidden
 * @param encoding {@code json}, {@code text}, {@code base64} or {@code hidden}
 * @param ttlSeconds empty if it never expires
 */
record EntryView(
    String key,
    @JsonInclude(Include.NON_ABSENT) Optional<String> keyBase64,
    JsonNode value,
    String encoding,
    long flags,
    OptionalLong ttlSeconds,
    long sizeBytes,
    String server) {
  EntryView {
    Objects.requireNonNull(key);
    Objects.requireNonNull(encoding);
  }

  /** @param isHidden whether nobody may see the value */
  static EntryView of(PlacedEntry found, boolean isHidden, Instant now) {
    CacheEntry entry = found.entry();
    ShownValue value = isHidden ? ShownValue.HIDDEN : ShownValue.of(entry.value());
    return new EntryView(
        entry.key().toString(),
        Views.base64(entry.key()),
        value.value(),
        value.encoding(),
        entry.value().flags(),
        Views.seconds(entry.expiry().remaining(now)),
        entry.size(),
        found.server());
  }
}
