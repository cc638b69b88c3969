package org.ocmcore.cache.adapter.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.access.Operation;
import org.ocmcore.cache.domain.access.Role;

/**
 * What an endpoint does, takes and answers, as the OpenAPI document has it. Each method that adds
 * something returns this. For one thread: a route makes one whenever it is asked for it.
 */
final class Description {
  private final String id;
  private final String group;
  private final String summary;
  private final Optional<Role> role;
  private final List<ApiField> path = new ArrayList<>();
  private final List<ApiField> query = new ArrayList<>();
  private final List<ApiField> headers = new ArrayList<>();
  private final List<ApiField> body = new ArrayList<>();
  private final Set<String> refused = new TreeSet<>();
  private final List<Answer> answers = new ArrayList<>();
  private final List<Example> examples = new ArrayList<>();
  private Optional<Operation> operation = Optional.empty();
  private String details = "";

  private Description(String id, String group, Optional<Role> role, String summary) {
    this.id = id;
    this.group = group;
    this.role = role;
    this.summary = summary;
  }

  /** An answer other than a problem. @param bodies the records that it may be; none: not JSON */
  record Answer(int status, String text, String contentType, List<Class<?>> bodies) {}

  /** A request that works. @param query its parameters @param body its fields */
  record Example(String name, Map<String, Object> query, Map<String, Object> body) {}

  /**
   * One that needs a token.
   *
   * @param id names the endpoint in the document, and in clients that are generated from it
   * @param group the heading that it stands under
   * @param role the least role that may ask
   */
  static Description of(String id, String group, Role role, String summary) {
    return new Description(id, group, Optional.of(role), summary);
  }

  /** One that needs no token. */
  static Description open(String id, String group, String summary) {
    return new Description(id, group, Optional.empty(), summary);
  }

  /** Needs that production allows this. */
  Description needing(Operation needed) {
    operation = Optional.of(needed);
    return this;
  }

  /** Has more to say than its summary. @param sentences in Markdown, with full stops */
  Description saying(String... sentences) {
    details = (details + " " + String.join(" ", sentences)).strip();
    return this;
  }

  /** Takes these parameters in the path. */
  Description in(ApiField... more) {
    path.addAll(List.of(more));
    return this;
  }

  /** Takes these parameters in the query string. */
  Description query(ApiField... more) {
    return query(List.of(more));
  }

  Description query(List<ApiField> more) {
    query.addAll(more);
    return this;
  }

  /** Takes these headers. */
  Description headers(ApiField... more) {
    headers.addAll(List.of(more));
    return this;
  }

  /** Takes these fields in the body. */
  Description body(ApiField... more) {
    return body(List.of(more));
  }

  Description body(List<ApiField> more) {
    body.addAll(more);
    return this;
  }

  /** Asks for these names, in the query string or the body, only to reject them with a reason. */
  Description refusing(Set<String> names) {
    refused.addAll(names);
    return this;
  }

  /** Has an answer in JSON, which is one of these. */
  Description answers(int status, String text, Class<?>... bodies) {
    answers.add(new Answer(status, text, "application/json", List.of(bodies)));
    return this;
  }

  /** Has an answer that is not JSON. @param contentType empty if it has no body */
  Description answersAs(int status, String text, String contentType) {
    answers.add(new Answer(status, text, contentType, List.of()));
    return this;
  }

  /** Has an example of its parameters: names and values in turn. */
  Description example(String name, Object... namesAndValues) {
    return example(name, map(namesAndValues), Map.of());
  }

  /** Has an example of its body: names and values in turn. */
  Description bodyExample(String name, Object... namesAndValues) {
    return example(name, Map.of(), map(namesAndValues));
  }

  /** Has an example of both. */
  Description example(String name, Map<String, Object> parameters, Map<String, Object> fields) {
    examples.add(new Example(name, parameters, fields));
    return this;
  }

  String id() {
    return id;
  }

  String group() {
    return group;
  }

  String summary() {
    return summary;
  }

  /** More than the summary, in sentences; empty if that says it all. */
  String details() {
    return details;
  }

  Optional<Role> role() {
    return role;
  }

  Optional<Operation> operation() {
    return operation;
  }

  List<ApiField> path() {
    return path;
  }

  List<ApiField> query() {
    return query;
  }

  List<ApiField> headers() {
    return headers;
  }

  List<ApiField> body() {
    return body;
  }

  List<Answer> answers() {
    return answers;
  }

  List<Example> examples() {
    return examples;
  }

  /** Names and values in turn as a map in this order, which may hold null. */
  static Map<String, Object> map(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  /** The names of some fields. */
  static Set<String> names(List<ApiField> fields) {
    return fields.stream().map(ApiField::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * What this lacks of a request that was answered; empty if it lacks nothing.
   *
   * @param inQuery the names that its parser has asked for in the query string
   * @param inBody those that it has asked for in the body
   */
  String lacks(Set<String> inQuery, Set<String> inBody, HttpAnswer answer) {
    return Stream.of(
            lacks("the parameters", inQuery, names(query)),
            body.isEmpty() ? "" : lacks("the fields", inBody, names(body)),
            answers.stream().anyMatch(described -> isOne(answer, described))
                ? ""
                : "the answer %d %s".formatted(answer.status(), answer.body().getClass()))
        .filter(lack -> !lack.isEmpty())
        .map(lack -> "the description of " + id + " lacks " + lack)
        .collect(Collectors.joining("; "));
  }

  private String lacks(String what, Set<String> asked, Set<String> described) {
    Set<String> missing = new TreeSet<>(asked);
    missing.removeAll(described);
    missing.removeAll(refused);
    return missing.isEmpty() ? "" : what + " " + missing;
  }

  private static boolean isOne(HttpAnswer answer, Answer described) {
    Record body = answer.body();
    boolean isJson = !(body instanceof RawValue
        || body instanceof TextPage
        || body instanceof HttpAnswer.NoBody);
    return answer.status() == described.status()
        && (isJson
            ? described.bodies().contains(body.getClass())
            : described.bodies().isEmpty());
  }
}
