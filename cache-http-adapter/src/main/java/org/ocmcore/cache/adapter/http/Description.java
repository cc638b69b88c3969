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
 * What an endpoint does, takes and answers, as the OpenAPI document has it.
 *
 * @param id names the endpoint in the document, and in clients that are generated from it
 * @param group the heading that it stands under
 * @param role the least role that may ask; empty if no token is needed
 * @param operation what production must allow; empty if it works in every environment
 * @param path the parameters in the path
 * @param refused names in the query string or the body that are only taken to be rejected with a
 *     reason
 */
record Description(
    String id,
    String group,
    String summary,
    Optional<Role> role,
    Optional<Operation> operation,
    List<ApiField> path,
    List<ApiField> query,
    List<ApiField> headers,
    List<ApiField> body,
    Set<String> refused,
    List<Answer> answers,
    List<Example> examples) {

  /** An answer other than a problem. @param bodies the records that it may be; none: not JSON */
  record Answer(int status, String text, String contentType, List<Class<?>> bodies) {}

  /** A request that works. @param query its parameters @param body its fields */
  record Example(String name, Map<String, Object> query, Map<String, Object> body) {}

  /** One that needs this role. */
  static Description of(String id, String group, Role role, String summary) {
    return of(id, group, Optional.of(role), summary);
  }

  /** One that needs no token. */
  static Description open(String id, String group, String summary) {
    return of(id, group, Optional.empty(), summary);
  }

  private static Description of(String id, String group, Optional<Role> role, String summary) {
    return new Description(
        id,
        group,
        summary,
        role,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Set.of(),
        List.of(),
        List.of());
  }

  /** The same for a change. */
  Description needing(Operation needed) {
    return new Description(
        id,
        group,
        summary,
        role,
        Optional.of(needed),
        path,
        query,
        headers,
        body,
        refused,
        answers,
        examples);
  }

  /** The same with these parameters in the path. */
  Description in(ApiField... more) {
    return new Description(
        id,
        group,
        summary,
        role,
        operation,
        joined(path, List.of(more)),
        query,
        headers,
        body,
        refused,
        answers,
        examples);
  }

  /** The same with these parameters in the query string. */
  Description query(ApiField... more) {
    return query(List.of(more));
  }

  Description query(List<ApiField> more) {
    return new Description(
        id,
        group,
        summary,
        role,
        operation,
        path,
        joined(query, more),
        headers,
        body,
        refused,
        answers,
        examples);
  }

  /** The same with these headers. */
  Description headers(ApiField... more) {
    return new Description(
        id,
        group,
        summary,
        role,
        operation,
        path,
        query,
        joined(headers, List.of(more)),
        body,
        refused,
        answers,
        examples);
  }

  /** The same with these fields in the body. */
  Description body(ApiField... more) {
    return body(List.of(more));
  }

  Description body(List<ApiField> more) {
    return new Description(
        id,
        group,
        summary,
        role,
        operation,
        path,
        query,
        headers,
        joined(body, more),
        refused,
        answers,
        examples);
  }

  /** The same; these names are rejected with a reason. */
  Description refusing(Set<String> names) {
    return new Description(
        id, group, summary, role, operation, path, query, headers, body, names, answers, examples);
  }

  /** The same with an answer in JSON, which is one of these. */
  Description answers(int status, String text, Class<?>... bodies) {
    return answers(new Answer(status, text, "application/json", List.of(bodies)));
  }

  /** The same with an answer that is not JSON. */
  Description answersAs(int status, String text, String contentType) {
    return answers(new Answer(status, text, contentType, List.of()));
  }

  private Description answers(Answer answer) {
    return new Description(
        id,
        group,
        summary,
        role,
        operation,
        path,
        query,
        headers,
        body,
        refused,
        joined(answers, List.of(answer)),
        examples);
  }

  /** The same with an example of its parameters: names and values in turn. */
  Description example(String name, Object... namesAndValues) {
    return example(new Example(name, map(namesAndValues), Map.of()));
  }

  /** The same with an example of its body: names and values in turn. */
  Description bodyExample(String name, Object... namesAndValues) {
    return example(new Example(name, Map.of(), map(namesAndValues)));
  }

  Description example(Example example) {
    return new Description(
        id,
        group,
        summary,
        role,
        operation,
        path,
        query,
        headers,
        body,
        refused,
        answers,
        joined(examples, List.of(example)));
  }

  /** Names and values in turn as a map in this order, which may hold null. */
  static Map<String, Object> map(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  private static <T> List<T> joined(List<T> some, List<T> others) {
    List<T> all = new ArrayList<>(some);
    all.addAll(others);
    return List.copyOf(all);
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
