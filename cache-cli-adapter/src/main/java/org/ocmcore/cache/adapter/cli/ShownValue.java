package org.ocmcore.cache.adapter.cli;

import java.util.Optional;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.JsonMark;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * A value as the API shows it.
 *
 * @param encoding {@code json}, {@code text}, {@code base64} or {@code hidden}
 */
record ShownValue(JsonNode value, String encoding) {
  static final ShownValue HIDDEN = new ShownValue(NullNode.getInstance(), "hidden");

  static ShownValue of(CacheValue value) {
    return json(value)
        .or(() -> TerminalText.text(value.bytes())
            .map(text -> new ShownValue(StringNode.valueOf(text), "text")))
        .orElseGet(
            () -> new ShownValue(StringNode.valueOf(TerminalText.base64(value.bytes())), "base64"));
  }

  private static Optional<ShownValue> json(CacheValue value) {
    if (!JsonMark.isOn(value)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ShownValue(JsonOutput.parse(value.bytes(), JsonNode.class), "json"));
    } catch (JacksonException foreign) {
      // Another client uses the same flags or bytes for something else.
      return Optional.empty();
    }
  }
}
