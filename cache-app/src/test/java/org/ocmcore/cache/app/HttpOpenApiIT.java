package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.app.ApiExamples.bodyOf;
import static org.ocmcore.cache.app.ApiExamples.examples;
import static org.ocmcore.cache.app.ApiExamples.name;
import static org.ocmcore.cache.app.ApiExamples.parameters;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;
import org.ocmcore.cache.app.ApiExamples.Sent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the OpenAPI document says is what the service does. {@link ApiClient} checks the answers.
 */
class HttpOpenApiIT extends HttpFixture {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  /** Needs what the job needs. */
  private static final String CANCEL = "delete /api/cache/jobs/{id}";

  private JsonNode document;

  /** On a service of its own, since examples change settings that stay. */
  @BeforeEach
  void startOwn() {
    service = RunningService.start(store, "development", Map.of());
    api = service.client();
    document = api.document().document();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private void forEachOperation(BiConsumer<String, JsonNode> visitor) {
    document
        .get("paths")
        .forEachEntry((path, methods) -> methods.forEachEntry(
            (method, operation) -> visitor.accept(method + " " + path, operation)));
  }

  /** What the operations find: keys, a dump and a finished job. */
  private Map<String, String> prepare() {
    Await.until(() -> !api.get("/jobs/").json().toString().matches(".*\"(queued|running)\".*"));
    store("user:1", "{\"value\": \"Ada\"}");
    store("user:2", "{\"value\": {\"a\": 1}, \"timeout\": null}");
    Reply dump = api.send("POST", "/", null).expect(200);
    return Map.of(
        "key",
        "user:1",
        "app",
        "user",
        "name",
        dump.text("name"),
        "id",
        api.get("/jobs/").expect(200).text("/jobs/0/id"),
        "file",
        "docs.js",
        "folder",
        "base",
        "asset",
        "start.js");
  }

  private void store(String key, String body) {
    Reply stored = api.send("POST", ApiClient.key(key), body);
    assertTrue(stored.status() < 300, () -> stored.json().toString());
  }

  private static String filled(String path, Map<String, String> values) {
    String filled = path;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("{" + value.getKey() + "}", value.getValue());
    }
    return filled;
  }

  private Reply send(Sent sent, Map<String, String> values) {
    String path = filled(sent.path(), values);
    if (follows(sent.of())) {
      return api.begin(path);
    }
    return path.startsWith(ApiClient.BASE)
        ? api.send(sent.method(), path, sent.body())
        : api.outside(sent.method(), path);
  }

  private static boolean follows(JsonNode operation) {
    return operation.at("/responses/200/content").has("text/event-stream");
  }

  @Test
  void everyExampleIsAnsweredAsDescribed() {
    forEachOperation((name, operation) -> {
      for (Sent example : examples(name, operation)) {
        Map<String, String> values = prepare();
        api.document()
            .checkRequest(
                example.method(),
                example.template(),
                example.query(),
                json(example.body() == null ? "{}" : example.body()));
        Reply reply = send(example, values);
        assertTrue(
            operation.get("responses").has(String.valueOf(reply.status())) && reply.status() < 400,
            () -> example + " got " + reply.status() + reply.json());
      }
    });
  }

  /** Clients that are generated from the document may send what they could leave out. */
  @Test
  void everyDefaultMayBeSent() {
    forEachOperation((name, operation) -> {
      Map<String, String> values = prepare();
      Sent example = examples(name, operation).get(0);
      for (JsonNode parameter : parameters(operation, "query")) {
        JsonNode given = parameter.at("/schema/default");
        if (!given.isMissingNode() && !example.query().containsKey(name(parameter))) {
          example = example.withQuery(name(parameter) + "=" + ApiClient.encoded(given.asString()));
        }
      }
      Sent whole = example;
      Reply reply = send(whole, values);
      assertTrue(reply.status() < 400, () -> whole.path() + " got " + reply.json());
    });
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  /** The service says of a parameter that it takes that it is given twice. */
  @Test
  void everyParameterIsTaken() {
    List<String> untaken = new ArrayList<>();
    forEachOperation((name, operation) -> {
      if (!name.contains(ApiClient.BASE)) {
        return;
      }
      Map<String, String> values = prepare();
      for (JsonNode parameter : parameters(operation, "query")) {
        String twice = "%1$s=true&%1$s=true".formatted(name(parameter));
        boolean isTaken = examples(name, operation).stream()
            .map(example -> without(example, parameter).withQuery(twice))
            .map(example -> send(example, values))
            .anyMatch(reply -> reply.status() == 400
                && reply
                    .text("detail")
                    .equals(name(parameter) + " is given more than once in the query string"));
        if (!isTaken) {
          untaken.add(name + " " + name(parameter));
        }
      }
    });
    assertEquals(List.of(), untaken);
  }

  private static Sent without(Sent example, JsonNode parameter) {
    return new Sent(
        example.method(),
        example.path().replaceAll("(?<=[?&])" + name(parameter) + "=[^&]*&?", ""),
        example.template(),
        example.body(),
        example.of());
  }

  /** A value beyond the bounds is rejected by name, and so is a field of the wrong type. */
  @Test
  void boundsTypesAndChoicesAreEnforced() {
    List<String> loose = new ArrayList<>();
    forEachOperation((name, operation) -> {
      Map<String, String> values = prepare();
      for (JsonNode parameter : parameters(operation, "query")) {
        JsonNode schema = parameter.get("schema");
        for (String wrong : wrong(schema)) {
          boolean isRejected = examples(name, operation).stream()
              .map(example -> without(example, parameter)
                  .withQuery(name(parameter) + "=" + ApiClient.encoded(wrong)))
              .map(example -> send(example, values))
              .anyMatch(
                  reply -> reply.status() == 400 && reply.text("detail").contains(name(parameter)));
          if (!isRejected) {
            loose.add(name + " " + name(parameter) + "=" + wrong);
          }
        }
      }
      bodyOf(operation).at("/schema/properties").forEachEntry((field, schema) -> {
        if (field.equals("value")) {
          return;
        }
        Sent first = examples(name, operation).get(0);
        Reply reply = send(first.withBody(wrongBody(field, operation)), values);
        if (reply.status() != 400 || !reply.text("detail").contains(field)) {
          loose.add(name + " body " + field + " got " + reply.json());
        }
      });
    });
    assertEquals(List.of(), loose);
  }

  /** A body whose only fault is the type of one field. */
  private static String wrongBody(String field, JsonNode operation) {
    JsonNode fields = bodyOf(operation).at("/schema/properties");
    String others = Stream.of("value", "pattern")
        .filter(other -> !other.equals(field) && fields.has(other))
        .map(other -> ", \"%s\": \"x\"".formatted(other))
        .collect(Collectors.joining());
    return "{\"%s\": {\"no\": 1}%s}".formatted(field, others);
  }

  private static List<String> wrong(JsonNode schema) {
    if (schema.has("enum")) {
      return List.of("no-such-word");
    }
    return switch (schema.path("type").asString("")) {
      case "boolean" -> List.of("perhaps");
      case "integer" ->
        Stream.of(
                String.valueOf(schema.get("minimum").longValue() - 1),
                String.valueOf(schema.get("maximum").bigIntegerValue().add(BigInteger.ONE)))
            .toList();
      default -> List.of();
    };
  }

  @Test
  void otherMethodsAreNotAllowed() {
    Map<String, String> values = prepare();
    document.get("paths").forEachEntry((path, operations) -> {
      for (String method : METHODS) {
        if (api.document().template(method, filled(path, values)).isEmpty()) {
          send(new Sent(method.toUpperCase(Locale.ROOT), path, path, null, operations), values)
              .expectProblem(405, "method-not-allowed");
        }
      }
    });
  }

  /** With one token for each role: the named one is enough, and the one before it is not. */
  @Test
  void theNamedRoleIsTheLeast() {
    List<String> roles = List.of("viewer", "reader", "operator");
    try (RunningService limited = RunningService.withTokens(
        store, "development", "viewer viewer", "reader reader", "operator operator")) {
      ApiClient anybody = limited.client();
      api = anybody.with("operator");
      forEachOperation((name, operation) -> {
        api = anybody.with("operator");
        Map<String, String> values = prepare();
        String needed = operation.at("/security/0/bearerAuth/0").asString("");
        Sent example = examples(name, operation).get(0);
        if (roles.indexOf(needed) > 0) {
          api = anybody.with(roles.get(roles.indexOf(needed) - 1));
          send(example, values).expectProblem(403, "role-required");
        }
        api = needed.isEmpty() ? anybody : anybody.with(needed);
        Reply reply = send(example, values);
        assertTrue(reply.status() < 400, () -> name + " as " + needed + " got " + reply);
      });
    }
  }

  /** In production, the named operation and no other must be allowed. */
  @Test
  void productionForbidsWhatNeedsAnOperation() {
    Map<String, String> values = prepare();
    try (RunningService production = RunningService.start(store, "production", Map.of())) {
      api = production.client();
      forEachOperation((name, operation) -> {
        String text = operation.get("description").stringValue();
        Reply reply = send(examples(name, operation).get(0), values);
        if (text.contains("Needs `")) {
          reply.expectProblem(403, "management-forbidden");
        } else {
          assertTrue(reply.status() != 403 || name.equals(CANCEL), () -> name + " " + reply.json());
        }
      });
    }
  }
}
