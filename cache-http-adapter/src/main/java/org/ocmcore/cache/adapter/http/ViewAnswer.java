package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.named.PlacedEntry;
import org.ocmcore.cache.viewer.ValueView;
import org.ocmcore.cache.viewer.ViewStep;

/**
 * What the bytes of a value are.
 *
 * @param format {@code hidden} if nobody may see the value
 * @param content a window of the value as text; null if it is hidden
 * @param length the characters of the whole text
 * @param truncated whether more follows, or a limit ended the text
 */
record ViewAnswer(
    @JsonUnwrapped KeyName key,
    long flags,
    long sizeBytes,
    String server,
    List<Step> steps,
    String format,
    List<String> notes,
    long offset,
    Optional<String> content,
    long length,
    boolean truncated) {
  static ViewAnswer of(PlacedEntry found, ValueView view) {
    return new ViewAnswer(
        KeyName.of(found.entry().key()),
        found.entry().value().flags(),
        found.entry().size(),
        found.server(),
        view.steps().stream().map(Step::of).toList(),
        view.format().text(),
        view.notes(),
        view.offset(),
        Optional.of(view.content()),
        view.length(),
        view.truncated());
  }

  /** The answer about a value that nobody may see. */
  static ViewAnswer hidden(PlacedEntry found) {
    return new ViewAnswer(
        KeyName.of(found.entry().key()),
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

  /** A step of decoding. @param bytes those after it */
  record Step(String decoder, String reason, int bytes) {
    static Step of(ViewStep step) {
      return new Step(step.decoder(), step.reason(), step.bytes());
    }
  }
}
