package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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
  public Optional<String> template(String path) {
    String plain = path.length() > 1 ? path.replaceAll("/+$", "") : path;
    return templates.stream()
        .filter(template -> plain.matches(template.replaceAll("\\{[^}]+}", "[^/]+")))
        .findFirst();
  }

  /** Whether it has this method on this path. */
  public boolean describes(String method, String path) {
    return template(path)
        .filter(known -> document.get("paths").get(known).has(method.toLowerCase(Locale.ROOT)))
        .isPresent();
  }

  /** Checks an answer to a request for what the document has; others are not checked. */
  public void check(String method, String path, int status, String contentType, JsonNode body) {
    if (!describes(method, path)) {
      return;
    }
    String template = template(path).orElseThrow();
    JsonNode responses =
        document.at("/paths").get(template).get(method.toLowerCase(Locale.ROOT)).get("responses");
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

  /** Checks a body that is sent with an example against its schema. */
  public void checkRequest(String place, JsonNode schema, JsonNode body) {
    assertValid(place, compile(schema), body);
  }

  private static void assertValid(String place, Schema schema, JsonNode body) {
    List<String> errors = new ArrayList<>();
    for (Error error : schema.validate(body)) {
      errors.add(error.toString());
    }
    assertEquals(List.of(), errors, () -> place + " answered " + body);
  }
}
