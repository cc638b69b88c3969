package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.ManagementForbidden;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import tools.jackson.databind.JsonNode;

class ProblemsTest {
  @Test
  void everyDomainFailureHasAProblem() {
    assertEquals(
        Set.of(CacheException.class.getPermittedSubclasses()), Set.copyOf(Problems.failures()));
  }

  @Test
  void typesAreUnique() {
    assertEquals(
        Kind.values().length,
        Arrays.stream(Kind.values()).map(Kind::type).collect(Collectors.toSet()).size());
  }

  @Test
  void theDocumentedTypesAreThoseOfTheCode() throws IOException {
    String prefix = "| `urn:cache-app:problem:";
    assertEquals(
        Arrays.stream(Kind.values())
            .map(kind -> "| `%s` | %d | %s |".formatted(kind.type(), kind.status(), kind.when()))
            .sorted()
            .toList(),
        Files.readAllLines(Path.of("../docs/problems.md")).stream()
            .filter(line -> line.startsWith(prefix))
            .sorted()
            .toList());
  }

  private static JsonNode answer(Problem problem, String path) {
    return Json.mapper().valueToTree(ProblemAnswer.of(problem, path));
  }

  @Test
  void aProblemHasTheMembersOfRfc9457() {
    JsonNode answer =
        answer(Problems.of(new StoreUnavailable("a:1", "walk", "refused")), "/api/cache/keys/");
    assertEquals("urn:cache-app:problem:store-unavailable", answer.get("type").stringValue());
    assertEquals(503, answer.get("status").intValue());
    assertEquals("a:1: walk failed: refused", answer.get("detail").stringValue());
    assertEquals("/api/cache/keys/", answer.get("instance").stringValue());
    assertEquals(answer.get("title"), answer.get("error"));
    assertEquals("a:1", answer.get("server").stringValue());
  }

  @Test
  void forbiddenChangesKeepTheOriginalWords() {
    JsonNode answer = answer(Problems.of(new ManagementForbidden("manage")), "/");
    assertEquals(
        "This operation is only available in development environment",
        answer.get("error").stringValue());
    assertEquals(
        "Modification operations are disabled in production for security reasons",
        answer.get("message").stringValue());
  }

  @Test
  void anInternalErrorShowsNothingOfIt() {
    Problem problem = Problems.internal("GET /", new IllegalStateException("secret"));
    assertEquals(500, problem.kind().status());
    JsonNode answer = answer(problem, "/");
    assertTrue(answer.get("detail").stringValue().contains("request_id"));
    assertFalse(answer.toString().contains("secret"));
  }
}
