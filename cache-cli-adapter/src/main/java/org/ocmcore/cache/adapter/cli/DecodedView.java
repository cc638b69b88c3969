package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.named.PlacedEntry;
import org.ocmcore.cache.viewer.ValueView;

/**
 * What a value is, as the API has it.
 *
 * @param format {@code hidden} if nobody may see the value
 * @param content the beginning of the value as text; empty if it is hidden
 */
record DecodedView(
    String key,
    @JsonInclude(Include.NON_ABSENT) Optional<String> keyBase64,
    long flags,
    long sizeBytes,
    String server,
    List<DecodeStep> steps,
    String format,
    List<String> notes,
    long offset,
    Optional<String> content,
    long length,
    boolean truncated) {
  static final List<Column<DecodedView>> COLUMNS = List.of(
      Column.key("key", "key", DecodedView::key),
      Column.text(
          "steps",
          "steps",
          view -> String.join(" ", view.steps.stream().map(DecodeStep::decoder).toList())),
      Column.text("format", "format", DecodedView::format),
      Column.count("flags", "flags", view -> OptionalLong.of(view.flags)),
      Column.bytes("size_bytes", "size", view -> OptionalLong.of(view.sizeBytes)),
      Column.text("server", "server", DecodedView::server),
      Column.flag("truncated", "truncated", DecodedView::truncated),
      Column.text("content", "content", view -> TerminalText.value(view.content.orElse(""))));

  DecodedView {
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
  }

  /** A step of decoding. @param bytes those after it */
  record DecodeStep(String decoder, String reason, int bytes) {}

  static DecodedView of(PlacedEntry found, ValueView view) {
    return new DecodedView(
        found.entry().key().toString(),
        Views.base64(found.entry().key()),
        found.entry().value().flags(),
        found.entry().size(),
        found.server(),
        view.steps().stream()
            .map(step -> new DecodeStep(step.decoder(), step.reason(), step.bytes()))
            .toList(),
        view.format().text(),
        view.notes(),
        view.offset(),
        Optional.of(view.content()),
        view.length(),
        view.truncated());
  }

  static DecodedView hidden(PlacedEntry found) {
    return new DecodedView(
        found.entry().key().toString(),
        Views.base64(found.entry().key()),
        found.entry().value().flags(),
        found.entry().size(),
        found.server(),
        List.of(),
        "hidden",
        List.of(),
        0,
        Optional.empty(),
        0,
        false);
  }
}
