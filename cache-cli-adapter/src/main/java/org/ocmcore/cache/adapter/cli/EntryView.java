package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;
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
  static final List<Column<EntryView>> COLUMNS = List.of(
      Column.key("key", "key", EntryView::key),
      Column.text("encoding", "encoding", EntryView::encoding),
      Column.count("flags", "flags", entry -> OptionalLong.of(entry.flags)),
      Column.ttl("ttl_seconds", "ttl", EntryView::ttlSeconds),
      Column.bytes("size_bytes", "size", entry -> OptionalLong.of(entry.sizeBytes)),
      Column.text("server", "server", EntryView::server),
      Column.text("value", "value", EntryView::text));

  EntryView {
    Objects.requireNonNull(key);
    Objects.requireNonNull(encoding);
  }

  /** The value in one text, as the encoding says; empty if it is hidden. */
  String text() {
    if (encoding.equals("hidden")) {
      return "";
    }
    return value.isString() ? TerminalText.value(value.stringValue()) : JsonOutput.line(value);
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
