package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.CacheException;
import org.ocmcore.cache.domain.error.ManagementForbidden;
import org.ocmcore.cache.domain.error.StoreUnavailable;

class ProblemsTest {
  @Test
  void everyFailureOfTheDomainHasAProblem() {
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
  void everyTypeIsDocumentedWithItsStatus() throws IOException {
    String documentation = Files.readString(Path.of("../docs/api.md"));
    for (Kind kind : Kind.values()) {
      String row = "| `%s` | %d |".formatted(kind.type(), kind.status());
      assertTrue(documentation.contains(row), row);
    }
  }

  @Test
  void aProblemHasTheMembersOfRfc9457AndTheOriginalError() {
    Map<String, Object> members =
        Problems.of(new StoreUnavailable("a:1", "walk", "refused")).members("/api/cache/keys/");
    assertEquals("urn:cache-app:problem:store-unavailable", members.get("type"));
    assertEquals(503, members.get("status"));
    assertEquals("a:1: walk failed: refused", members.get("detail"));
    assertEquals("/api/cache/keys/", members.get("instance"));
    assertEquals(members.get("title"), members.get("error"));
    assertEquals("a:1", members.get("server"));
  }

  @Test
  void whatIsForbiddenSaysSoInTheOriginalWords() {
    Map<String, Object> members = Problems.of(new ManagementForbidden()).members("/");
    assertEquals(
        "This operation is only available in development environment", members.get("error"));
    assertEquals(
        "Modification operations are disabled in production for security reasons",
        members.get("message"));
  }

  @Test
  void aFaultOfOursTellsAnIdAndNothingElse() {
    Problem problem = Problems.internal("GET /", new IllegalStateException("secret"));
    assertEquals(500, problem.kind().status());
    assertTrue(problem.more().containsKey("id"));
    assertTrue(problem.members("/").values().stream()
        .noneMatch(value -> value.toString().contains("secret")));
  }
}
