package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The OpenAPI document of a service, and checks of answers against it. A member that it does not
 * name fails as well, though clients must accept one. For any number of threads.
 */
public final class ApiDocument {
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final JsonNode document;
  private final JsonNode strictComponents;
  private final List<String> templates;
  private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

  /** @param document as the service answers it */
  public ApiDocument(JsonNode document) {
    this.document = document;
    this.strictComponents = strict(document.get("components").deepCopy());
    // Those without a variable first: a path that is named is no value of a variable.
    this.templates = document.get("paths").propertyNames().stream()
        .sorted(Comparator.comparing((String path) -> path.contains("{")))
        .toList();
  }

  private static JsonNode strict(JsonNode components) {
    components.get("schemas").forEachEntry((name, schema) -> {
      if (schema.has("properties") && !name.equals("Problem")) {
        ((ObjectNode) schema).put("additionalProperties", false);
      }
    });
    return components;
  }

  /** The document itself. */
  public JsonNode document() {
    return document;
  }

  /** The path of the document that this path, without a query string, is one of. */
  public Optional<String> template(String method, String path) {
    String plain = path.length() > 1 ? path.replaceAll("/+$", "") : path;
    return templates.stream()
        .filter(template -> plain.matches(template.replaceAll("\\{[^}]+}", "[^/]+")))
        .filter(template -> operation(method, template).isPresent())
        .findFirst();
  }

  private Optional<JsonNode> operation(String method, String template) {
    JsonNode operations = document.get("paths").get(template);
    return Optional.ofNullable(operations.get(method.toLowerCase(Locale.ROOT)));
  }

  /** Checks an answer to a request for what the document has; others are not checked. */
  public void check(String method, String path, int status, String contentType, JsonNode body) {
    Optional<String> found = template(method, path);
    if (found.isEmpty()) {
      return;
    }
    String template = found.get();
    JsonNode responses = operation(method, template).orElseThrow().get("responses");
    String key = responses.has(String.valueOf(status)) ? String.valueOf(status) : "default";
    String place = method + " " + template + " " + status;
    JsonNode response = responses.get(key);
    if (response.has("$ref")) {
      assertEquals(true, status >= 400, place + " is not in the document");
      response = document.at("/components/responses/Problem");
    }
    JsonNode content = response.path("content").get(contentType.replaceAll(";.*", ""));
    assertNotNull(content, () -> place + " has no " + contentType + " in the document");
    JsonNode schema = content.get("schema");
    assertValid(place, compiled.computeIfAbsent(place, name -> compile(schema)), body);
  }

  private Schema compile(JsonNode schema) {
    ObjectNode whole = schema.deepCopy().asObject();
    whole.set("components", strictComponents);
    return SCHEMAS.getSchema(whole);
  }

  /**
   * Checks a request: its path, the names and values of its parameters, and the fields of its body.
   *
   * @param query the parameters by name
   * @param body an object without fields if there is none
   */
  public void checkRequest(String method, String path, Map<String, String> query, JsonNode body) {
    String place = method + " " + path;
    JsonNode operation = template(method, path)
        .flatMap(template -> operation(method, template))
        .orElseThrow(() -> new AssertionError(place + " is not in the document"));
    query.forEach((name, value) -> {
      JsonNode schema = StreamSupport.stream(operation.path("parameters").spliterator(), false)
          .filter(one -> one.get("in").stringValue().equals("query"))
          .filter(one -> one.get("name").stringValue().equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError(place + " has no parameter " + name))
          .get("schema");
      assertValid(place + " " + name, compile(schema), typed(value, schema));
    });
    JsonNode content = operation.at("/requestBody/content/application~1json/schema");
    if (content.isMissingNode()) {
      assertEquals(0, body.size(), place + " has no body");
    } else {
      ObjectNode strict = content.deepCopy().asObject();
      strict.put("additionalProperties", false);
      assertValid(place, compile(strict), body);
    }
  }

  /** The parameters of a query string as it is sent; none if it is null. */
  public static Map<String, String> query(String raw) {
    return raw == null
        ? Map.of()
        : Stream.of(raw.split("&"))
            .map(parameter -> parameter.split("=", 2))
            .collect(Collectors.toMap(
                parts -> parts[0], parts -> URLDecoder.decode(parts[1], StandardCharsets.UTF_8)));
  }

  private static JsonNode typed(String value, JsonNode schema) {
    return switch (schema.path("type").asString("")) {
      case "integer", "boolean" -> JsonMapper.shared().readTree(value);
      default -> StringNode.valueOf(value);
    };
  }

  private static void assertValid(String place, Schema schema, JsonNode body) {
    List<String> errors = new ArrayList<>();
    for (Error error : schema.validate(body)) {
      errors.add(error.toString());
    }
    assertEquals(List.of(), errors, () -> place + " has " + body);
  }
}
