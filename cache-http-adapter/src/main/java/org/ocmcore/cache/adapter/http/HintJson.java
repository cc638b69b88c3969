package org.ocmcore.cache.adapter.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/** The hints of an answer as one text. They are asked when everything before them is written. */
final class HintJson extends JacksonSerializable.Base {
  private final List<Supplier<Optional<String>>> hints;

  HintJson(List<Supplier<Optional<String>>> hints) {
    this.hints = hints;
  }

  private String text() {
    return hints.stream().flatMap(hint -> hint.get().stream()).collect(Collectors.joining("; "));
  }

  @Override
  public boolean isEmpty(SerializationContext context) {
    return text().isEmpty();
  }

  @Override
  public void serialize(JsonGenerator json, SerializationContext context) {
    json.writeString(text());
  }

  @Override
  public void serializeWithType(
      JsonGenerator json, SerializationContext context, TypeSerializer types) {
    serialize(json, context);
  }
}
