package org.ocmcore.cache.adapter.http;

import io.javalin.http.HandlerType;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.access.Role;

/** The OpenAPI 3.1 document of the service, made from the descriptions of all endpoints. */
final class OpenApi {
  private static final String TYPE = "type";
  private static final String SCHEMA = "schema";
  private static final String CONTENT = "content";
  private static final String DESCRIPTION = "description";
  private static final String EXAMPLES = "examples";
  private static final String JSON = "application/json";
  private static final String TOKEN = "bearerAuth";

  private final String basePath;
  private final List<Endpoint> endpoints;
  private final RecordSchemas schemas = new RecordSchemas();

  /** A method on a path that is answered. @param path with the base path in front */
  record Endpoint(HandlerType method, String path, Supplier<Description> description) {}

  private OpenApi(String basePath, List<Endpoint> endpoints) {
    this.basePath = basePath;
    this.endpoints = List.copyOf(endpoints);
  }

  /**
   * The document as JSON would have it. Each call builds it anew.
   *
   * @param basePath what all paths begin with
   */
  static Map<String, Object> document(String basePath, List<Endpoint> endpoints) {
    return new OpenApi(basePath, endpoints).document();
  }

  /** The records that the answers consist of, problems included. */
  static Collection<Class<?>> records(List<Endpoint> endpoints) {
    OpenApi described = new OpenApi("", endpoints);
    described.document();
    return described.schemas.records();
  }

  private Map<String, Object> document() {
    Map<String, Object> paths = new LinkedHashMap<>();
    endpoints.forEach(endpoint -> add(endpoint, paths));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.1");
    document.put("info", info());
    document.put("servers", List.of(Map.of("url", basePath.isEmpty() ? "/" : basePath)));
    document.put("security", List.of(Map.of(TOKEN, List.of())));
    document.put("paths", paths);
    document.put("components", components());
    return document;
  }

  private static Map<String, Object> info() {
    return Description.map(
        "title",
        ServiceInfo.NAME,
        "version",
        "1",
        DESCRIPTION,
        "Every path also works with a slash at its end, and every GET also answers HEAD. "
            + "Keys are in ascending order of their bytes. "
            + "Sizes are those of whole items: header, key and value. "
            + "In a query string, `+` is a plus. "
            + "Each operation names the least role that may ask for it. "
            + "An operation that needs `manage`, `dump` or `download` works in development, "
            + "and in production if `CACHE_PRODUCTION_ALLOW` names it. "
            + "Two headers may be sent with every POST, PUT and DELETE: `%s` with the `target` of `service/`, so that nothing is done if it is another by now, "
                .formatted(SeenTarget.HEADER)
            + "and `%s` with a text that no other change has, so that a repetition of the request is answered as the first one was and does nothing. "
                .formatted(RepeatedChanges.HEADER)
            + "Unknown members of answers may be added later.");
  }

  private Map<String, Object> components() {
    Map<String, Object> all = new LinkedHashMap<>();
    // First, since it refers to others.
    Map<String, Object> problem = problem();
    all.putAll(schemas.all());
    all.put("Problem", problem);
    return Map.of(
        "schemas",
        all,
        "responses",
        Map.of(
            "Problem",
            Map.of(
                DESCRIPTION,
                "A problem (RFC 9457)",
                CONTENT,
                content(Problem.CONTENT_TYPE, Map.of("$ref", "#/components/schemas/Problem")))),
        "securitySchemes",
        Map.of(
            TOKEN,
            Map.of(
                TYPE,
                "http",
                "scheme",
                "bearer",
                DESCRIPTION,
                "A token of `cache token`. A service without tokens takes requests without one.")));
  }

  private Map<String, Object> problem() {
    schemas.reference(ProblemAnswer.class);
    Map<String, Object> problem = new LinkedHashMap<>(cast(schemas.all().remove("Problem")));
    Map<String, Object> members = new LinkedHashMap<>(cast(problem.get("properties")));
    members.put(
        TYPE,
        Map.of(
            TYPE, "string", "enum", Arrays.stream(Kind.values()).map(Kind::type).toList()));
    problem.put("properties", members);
    problem.put(
        DESCRIPTION,
        "Some types have more members.\n\n| type | status | title | when |\n|---|---|---|---|\n"
            + Arrays.stream(Kind.values())
                .map(kind -> "| `%s` | %d | %s | %s |"
                    .formatted(kind.type(), kind.status(), kind.title(), kind.when()))
                .collect(Collectors.joining("\n")));
    return problem;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> cast(Object schema) {
    return (Map<String, Object>) schema;
  }

  private void add(Endpoint endpoint, Map<String, Object> paths) {
    String path = endpoint.path().substring(basePath.length());
    cast(paths.computeIfAbsent(path.isEmpty() ? "/" : path, key -> new LinkedHashMap<>()))
        .put(
            endpoint.method().name().toLowerCase(Locale.ROOT),
            operation(endpoint.description().get()));
  }

  private Map<String, Object> operation(Description of) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", of.id());
    operation.put("tags", List.of(of.group()));
    operation.put("summary", of.summary());
    operation.put(DESCRIPTION, (of.details() + "\n\n" + access(of)).strip());
    operation.put(
        "security",
        of.role().map(role -> List.of(Map.of(TOKEN, List.of(role.toString())))).orElse(List.of()));
    List<Map<String, Object>> parameters = Stream.of(
            of.path().stream().map(field -> parameter("path", field, of)),
            of.query().stream().map(field -> parameter("query", field, of)),
            of.headers().stream().map(field -> parameter("header", field, of)))
        .flatMap(parameter -> parameter)
        .toList();
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    if (!of.body().isEmpty()) {
      operation.put("requestBody", body(of));
    }
    operation.put("responses", responses(of));
    return operation;
  }

  private static String access(Description of) {
    return of.role().map(role -> "Role: `" + role + "`.").orElse("Needs no token.")
        + of.operation().map(needed -> " Needs `" + needed + "`.").orElse("");
  }

  private static Map<String, Object> parameter(String place, ApiField field, Description of) {
    Map<String, Object> parameter = Description.map(
        "name",
        field.name(),
        "in",
        place,
        DESCRIPTION,
        field.text(),
        "required",
        field.isRequired(),
        SCHEMA,
        field.schema());
    Map<String, Object> examples = new LinkedHashMap<>();
    of.examples().stream()
        .filter(example -> example.query().containsKey(field.name()))
        .forEach(example ->
            examples.put(example.name(), Map.of("value", example.query().get(field.name()))));
    if (!examples.isEmpty()) {
      parameter.put(EXAMPLES, examples);
    }
    return parameter;
  }

  private static Map<String, Object> body(Description of) {
    Map<String, Object> members = new LinkedHashMap<>();
    of.body().forEach(field -> {
      Map<String, Object> schema = new LinkedHashMap<>(field.schema());
      schema.put(DESCRIPTION, field.text());
      members.put(field.name(), schema);
    });
    List<String> required =
        of.body().stream().filter(ApiField::isRequired).map(ApiField::name).toList();
    Map<String, Object> schema = Description.map(TYPE, "object", "properties", members);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    Map<String, Object> examples = new LinkedHashMap<>();
    of.examples().stream()
        .filter(example -> !example.body().isEmpty())
        .forEach(example -> examples.put(example.name(), Map.of("value", example.body())));
    Map<String, Object> media = Description.map(SCHEMA, schema);
    if (!examples.isEmpty()) {
      media.put(EXAMPLES, examples);
    }
    return Description.map("required", !required.isEmpty(), CONTENT, Map.of(JSON, media));
  }

  private Map<String, Object> responses(Description of) {
    boolean isReading = of.role().filter(Role.OPERATOR::equals).isEmpty();
    Map<String, Object> responses = new LinkedHashMap<>();
    Map<Integer, List<Description.Answer>> byStatus = of.answers().stream()
        .collect(Collectors.groupingBy(
            Description.Answer::status, LinkedHashMap::new, Collectors.toList()));
    byStatus.forEach((status, answers) -> {
      Map<String, Object> content = new LinkedHashMap<>();
      answers.stream()
          .filter(answer -> !answer.contentType().isEmpty())
          .forEach(answer ->
              content.put(answer.contentType(), Map.of(SCHEMA, schema(answer, isReading))));
      Map<String, Object> response = Description.map(
          DESCRIPTION,
          answers.stream().map(Description.Answer::text).collect(Collectors.joining("; or: ")));
      if (!content.isEmpty()) {
        response.put(CONTENT, content);
      }
      responses.put(String.valueOf(status), response);
    });
    responses.put("default", Map.of("$ref", "#/components/responses/Problem"));
    return responses;
  }

  private Map<String, Object> schema(Description.Answer answer, boolean isReading) {
    if (answer.bodies().isEmpty()) {
      return answer.contentType().startsWith("text/") ? Map.of(TYPE, "string") : Map.of();
    }
    List<Map<String, Object>> bodies =
        answer.bodies().stream().map(schemas::reference).toList();
    if (isReading) {
      answer.bodies().forEach(this::addHint);
    }
    return bodies.size() == 1 ? bodies.get(0) : Map.of("anyOf", bodies);
  }

  /** A read says what its client has probably meant. */
  private void addHint(Class<?> body) {
    String name = String.valueOf(schemas.reference(body).get("$ref")).replaceAll(".*/", "");
    cast(cast(schemas.all().get(name)).get("properties"))
        .put("hint", Map.of(TYPE, "string", DESCRIPTION, "what the request has probably meant"));
  }

  private static Map<String, Object> content(String type, Map<String, Object> schema) {
    return Map.of(type, Map.of(SCHEMA, schema));
  }
}
