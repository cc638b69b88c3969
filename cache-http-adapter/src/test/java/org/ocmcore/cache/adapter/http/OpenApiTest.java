package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.access.Authenticator;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.access.Role;
import org.ocmcore.cache.domain.testing.Bench;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
  private final Bench bench = new Bench();
  private final HttpApi api = new HttpApi(
      new HttpSettings("127.0.0.1", 0),
      new ServiceInfo("memory", "development", "data/dump", List.of()),
      Authenticator.ofAnybody(Environment.DEVELOPMENT),
      new CallerUseCases(Caller.SERVICE, bench.reader, bench.admin),
      bench.clock);

  @AfterEach
  void stop() {
    api.close();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> paths(Map<String, Object> document) {
    return (Map<String, Map<String, Object>>) document.get("paths");
  }

  @Test
  void theDocumentHasWhatTheRouterHas() throws ReflectiveOperationException {
    Field field = HttpApi.class.getDeclaredField("javalin");
    field.setAccessible(true);
    Javalin javalin = (Javalin) field.get(api);
    Set<String> routed = javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(handler -> handler.endpoint)
        .filter(endpoint -> endpoint.method != HandlerType.HEAD)
        .map(endpoint -> endpoint.method.name().toLowerCase() + " " + endpoint.path)
        .collect(Collectors.toCollection(TreeSet::new));
    Set<String> described = new TreeSet<>();
    paths(api.document())
        .forEach((path, methods) ->
            methods.keySet().forEach(method -> described.add(method + " " + path)));
    assertEquals(routed, described);
  }

  @Test
  void everyOperationIsWhole() {
    Set<String> ids = new TreeSet<>();
    JsonNode document = Json.mapper().valueToTree(api.document());
    document
        .get("paths")
        .forEachEntry((path, operations) -> operations.forEachEntry((method, operation) -> {
          String place = method + " " + path;
          assertTrue(ids.add(operation.get("operationId").stringValue()), place);
          Set<String> inPath = new TreeSet<>();
          operation.path("parameters").forEach(parameter -> {
            assertTrue(parameter.has("schema"), place);
            if (parameter.get("in").stringValue().equals("path")) {
              assertTrue(parameter.get("required").booleanValue(), place);
              inPath.add("{" + parameter.get("name").stringValue() + "}");
            }
          });
          assertEquals(
              Stream.of(path.split("/"))
                  .filter(part -> part.startsWith("{"))
                  .collect(Collectors.toCollection(TreeSet::new)),
              inPath,
              place);
          assertTrue(operation.get("responses").size() > 1, place);
        }));
  }

  @Test
  void everyReferenceLeadsToSomething() {
    JsonNode document = Json.mapper().valueToTree(api.document());
    List<String> references = document.findValuesAsString("$ref");
    assertTrue(references.size() > 50, references.toString());
    for (String reference : references) {
      assertFalse(document.at(reference.substring(1)).isMissingNode(), reference);
    }
  }

  /** Generated clients do not compile with a default for a value of several types. */
  @Test
  void noDefaultStandsBesideSeveralTypes() {
    assertEquals(Optional.empty(), defaultOfSeveral(Json.mapper().valueToTree(api.document())));
  }

  private static Optional<JsonNode> defaultOfSeveral(JsonNode node) {
    return node.has("default") && (node.has("anyOf") || node.has("oneOf"))
        ? Optional.of(node)
        : node.valueStream()
            .flatMap(member -> defaultOfSeveral(member).stream())
            .findFirst();
  }

  @Test
  void theTextSaysTheDefaultOfSeveralTypes() {
    ApiField field = ApiField.lifetime("ttl", "a lifetime", "keep").byDefault("keep");
    assertEquals("a lifetime; keep if it is left out", field.text());
    assertFalse(field.schema().containsKey("default"));
  }

  /** Generated clients take 32 bits otherwise. */
  @Test
  void wideNumbersHaveAFormat() {
    assertEquals("int64", ApiField.number("n", 0, 1L << 31, "").schema().get("format"));
    assertFalse(ApiField.number("n", 0, Integer.MAX_VALUE, "").schema().containsKey("format"));
  }

  @Test
  void anOperationSaysMoreThanItsSummary() {
    JsonNode operation = Json.mapper()
        .valueToTree(api.document())
        .get("paths")
        .get("/api/cache/jobs/{id}/events")
        .get("get");
    String description = operation.get("description").stringValue();
    assertTrue(description.startsWith("Server-sent events: one at once"), description);
    assertTrue(description.endsWith("\n\nRole: `viewer`."), description);
  }

  @Test
  void missingParametersFieldsAndAnswersAreNamed() {
    Description described = Description.of("x", "g", Role.VIEWER, "s")
        .query(ApiFields.FRESH)
        .body(ApiFields.TIMEOUT)
        .refusing(Set.of("server"))
        .answers(200, "a", KeyName.class);
    HttpAnswer answer = HttpAnswer.ok(new KeyName("k", Optional.empty()));
    assertEquals("", described.lacks(Set.of("fresh", "server"), Set.of("timeout"), answer));
    assertEquals(
        "the description of x lacks the parameters [limit]; the description of x lacks the fields [rate]; "
            + "the description of x lacks the answer 200 class org.ocmcore.cache.adapter.http.HttpAnswer$NoBody",
        described.lacks(Set.of("limit"), Set.of("rate"), HttpAnswer.ok(new HttpAnswer.NoBody())));
  }

  record Sample(String aName, Optional<Long> perhaps, List<Optional<String>> all) {}

  @Test
  void schemasSayWhatIsNull() {
    RecordSchemas schemas = new RecordSchemas();
    schemas.reference(Sample.class);
    assertEquals(
        Map.of(
            "type",
            "object",
            "properties",
            Map.of(
                "a_name",
                Map.of("type", "string"),
                "perhaps",
                Map.of("type", List.of("integer", "null"), "format", "int64"),
                "all",
                Map.of("type", "array", "items", Map.of("type", List.of("string", "null")))),
            "required",
            List.of("a_name", "perhaps", "all")),
        schemas.all().get("OpenApiTestSample"));
  }

  @Test
  void unwrappedRecordsAreFlat() {
    RecordSchemas schemas = new RecordSchemas();
    schemas.reference(BulkAnswer.class);
    String schema = schemas.all().get("Bulk").toString();
    assertTrue(schema.contains("done_count") && schema.contains("jitter"), schema);
    String required = schema.substring(schema.indexOf("required="));
    assertTrue(required.contains("done_count") && !required.contains("jitter"), schema);
  }

  @Test
  void twoRecordsOfOneNameFail() {
    RecordSchemas schemas = new RecordSchemas();
    schemas.reference(Described.class);
    assertThrows(IllegalStateException.class, () -> schemas.reference(DescribedAnswer.class));
  }

  record Described(int a) {}

  record DescribedAnswer(int a) {}

  @Test
  void theFilesOfThePageAreThere() {
    assertEquals(4, DocsRoutes.FILES.size());
    for (StaticFile file : DocsRoutes.FILES) {
      assertTrue(file.bytes().length > 10, file.name());
    }
  }
}
