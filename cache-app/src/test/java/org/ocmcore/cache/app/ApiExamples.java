package org.ocmcore.cache.app;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiDocument;
import tools.jackson.databind.JsonNode;

/** The requests that the OpenAPI document gives as examples. */
final class ApiExamples {
  private ApiExamples() {}

  /** One request for an operation. */
  record Sent(String method, String path, String template, String body, JsonNode of) {
    Map<String, String> query() {
      return ApiDocument.query(URI.create(path.replaceAll("[{}]", "")).getRawQuery());
    }

    Sent withQuery(String more) {
      return new Sent(method, path + (path.contains("?") ? "&" : "?") + more, template, body, of);
    }

    Sent withBody(String other) {
      return new Sent(method, path, template, other, of);
    }
  }

  /** The parameters of an operation in this place. */
  static List<JsonNode> parameters(JsonNode operation, String place) {
    List<JsonNode> found = new ArrayList<>();
    operation.path("parameters").forEach(parameter -> {
      if (parameter.get("in").stringValue().equals(place)) {
        found.add(parameter);
      }
    });
    return found;
  }

  /** The name of a parameter. */
  static String name(JsonNode parameter) {
    return parameter.get("name").stringValue();
  }

  /** What the document has of the JSON that an operation takes. */
  static JsonNode bodyOf(JsonNode operation) {
    return operation.at("/requestBody/content/application~1json");
  }

  private static String value(JsonNode examples, String name) {
    JsonNode value = examples.at("/" + name + "/value");
    return value.isString() ? value.stringValue() : value.toString();
  }

  /** The requests of all examples of an operation. @param operation its method and path */
  static List<Sent> examples(String operation, JsonNode of) {
    Set<String> names = new TreeSet<>();
    parameters(of, "query").forEach(one -> names.addAll(one.path("examples").propertyNames()));
    names.addAll(bodyOf(of).path("examples").propertyNames());
    boolean isComplete =
        parameters(of, "query").stream().noneMatch(one -> one.get("required").booleanValue());
    List<Sent> all = new ArrayList<>();
    if (names.isEmpty() || operation.startsWith("get") && isComplete) {
      all.add(sent(operation, of, ""));
    }
    names.forEach(name -> all.add(sent(operation, of, name)));
    return all;
  }

  private static Sent sent(String operation, JsonNode of, String example) {
    String[] parts = operation.split(" ");
    List<String> query = new ArrayList<>();
    parameters(of, "query").forEach(one -> {
      if (one.path("examples").has(example)) {
        query.add(name(one) + "=" + ApiClient.encoded(value(one.get("examples"), example)));
      }
    });
    JsonNode body = bodyOf(of).at("/examples/" + example + "/value");
    return new Sent(
        parts[0].toUpperCase(Locale.ROOT),
        parts[1] + (query.isEmpty() ? "" : "?" + String.join("&", query)),
        parts[1],
        body.isMissingNode() ? null : body.toString(),
        of);
  }
}
