package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.entry.KeyInfo;

/**
 * What is known of a key without its value, as the API has it.
 *
 * @param keyBase64 its bytes, if its readable form does not address it
 * @param ttlSeconds empty if it never expires
 * @param flags empty if the store does not tell them without a read
 * @param lastAccessSeconds since its last use; empty if that is unknown
 * @param fetched whether it was read since it was stored
 */
record MetadataView(
    String key,
    @JsonInclude(Include.NON_ABSENT) Optional<String> keyBase64,
    OptionalLong ttlSeconds,
    long sizeBytes,
    OptionalLong flags,
    OptionalLong lastAccessSeconds,
    boolean fetched,
    String server) {
  static final List<Column<MetadataView>> COLUMNS = List.of(
      Column.key("key", "key", MetadataView::key),
      Column.ttl("ttl_seconds", "ttl", MetadataView::ttlSeconds),
      Column.bytes("size_bytes", "size", found -> OptionalLong.of(found.sizeBytes)),
      Column.count("flags", "flags", MetadataView::flags),
      Column.seconds("last_access_seconds", "idle", MetadataView::lastAccessSeconds),
      Column.flag("fetched", "fetched", MetadataView::fetched),
      Column.text("server", "server", MetadataView::server));

  MetadataView {
    Objects.requireNonNull(key);
    Objects.requireNonNull(server);
  }

  static MetadataView of(KeyInfo found, Instant now) {
    return new MetadataView(
        found.key().toString(),
        Views.base64(found.key()),
        Views.seconds(found.expiry().remaining(now)),
        found.size(),
        found.flags() == KeyInfo.UNKNOWN ? OptionalLong.empty() : OptionalLong.of(found.flags()),
        Views.seconds(found.idle(now)),
        found.fetched(),
        found.server());
  }
}
