package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

class AnswerWriterTest {
  private final Questions questions = new Questions();
  private final JsonMapper json =
      Json.mapper().rebuild().annotationIntrospector(questions).build();

  /** Notes how often it is asked how something is written. */
  private static final class Questions extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    private int count;

    @Override
    public JsonInclude.Value findPropertyInclusion(MapperConfig<?> config, Annotated annotated) {
      count++;
      return super.findPropertyInclusion(config, annotated);
    }
  }

  private static BulkAnswer answer() {
    BulkAnswer.Server server =
        new BulkAnswer.Server("a:1", 2, 1, 0, 0, 1, Optional.of("it went away"));
    return new BulkAnswer(
        "Refreshed 1 keys",
        OptionalLong.empty(),
        OptionalLong.of(1),
        Optional.of("k"),
        Optional.of("2026-01-01T00:00:00Z"),
        new BulkAnswer.Refresh(OptionalLong.of(60), 0),
        new BulkAnswer.Account(2, 1, 0, 0, 1, List.of(), List.of(server), 3));
  }

  @Test
  void aPreparedAnswerAsksNothingWhenItIsWritten() {
    OpenApi.Endpoint endpoint = new OpenApi.Endpoint(
        HandlerType.DELETE,
        "/",
        () -> Description.open("delete", "", "").answers(200, "", BulkAnswer.class));
    new AnswerWriter(json).prepare(OpenApi.records(List.of(endpoint)));
    int prepared = questions.count;
    assertTrue(prepared > 0);
    json.writeValueAsString(answer());
    assertEquals(prepared, questions.count);
  }
}
