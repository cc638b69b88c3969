package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;

class HttpPatternsIT extends HttpFixture {
  @Test
  void aGlobMatchesWholeKeys() {
    api.put("user:1", "1");
    api.put("superuser1", "1");
    assertEquals(
        "[\"user:1\"]",
        api.get("/pattern/?pattern=user:*&match=glob").expect(200).at("keys").toString());
    api.get("/pattern/?pattern=user:*&match=shell").expectProblem(400, "invalid-parameter");
    ApiClient.Reply deleted =
        api.send("DELETE", "/pattern/manage/", "{\"pattern\": \"*user1\", \"match\": \"glob\"}");
    assertEquals(1, deleted.expect(200).number("deleted_count"));
    assertEquals("[\"user:1\"]", api.get("/keys/").at("keys").toString());
  }

  /** Somebody who means a glob would delete superuser1. */
  @Test
  void aPatternOfTwoReadingsChangesNothing() {
    api.put("user:1", "1");
    api.put("superuser1", "1");
    String change = "{\"pattern\": \"user:*\"}";
    for (String method : List.of("DELETE", "PUT")) {
      String detail = api.send(method, "/pattern/manage/", change)
          .expectProblem(400, "invalid-pattern")
          .text("detail");
      assertTrue(detail.contains("\"^user:\": send match=glob or match=regex"), detail);
    }
    ApiClient.Reply read = api.get("/pattern/?pattern=user:*").expect(200);
    assertEquals(2, read.number("count"));
    assertTrue(read.text("hint").contains("send match=glob"), read.text("hint"));
    assertFalse(api.get("/pattern/?pattern=user:*&match=regex").json().has("hint"));
    String clear = "{\"pattern\": \"user:*\", \"match\": \"regex\"}";
    assertEquals(
        2, api.send("DELETE", "/pattern/manage/", clear).expect(200).number("deleted_count"));
  }

  @Test
  void aGlobThatIsNoRegexIsExplained() {
    String detail = api.get("/pattern/?pattern=*user*")
        .expectProblem(400, "invalid-pattern")
        .text("detail");
    assertTrue(detail.endsWith("pattern \"*user*\"; if it is a glob, send match=glob"), detail);
  }

  @Test
  void unanchoredPatternIsFoundAnywhere() {
    List.of("user:1", "user:2", "old:user:3", "other").forEach(key -> api.put(key, "1"));
    assertEquals(List.of("old:user:3", "user:1", "user:2"), matching("user:"));
    assertEquals(List.of("user:1", "user:2"), matching("^user:"));
    assertEquals(List.of("user:2"), matching("user:2$"));
    assertEquals(List.of(), matching("nothing"));
  }

  @Test
  void plusInAQueryStringIsAPlus() {
    api.put("aab", "1");
    api.put("b", "1");
    assertEquals(List.of("aab"), api.get("/pattern/?pattern=^a+b$").expect(200).texts("keys"));
    assertEquals("^a+b$", api.get("/pattern/?pattern=^a+b$").text("pattern"));
  }

  @Test
  void aPatternMayComeInTheBody() {
    api.put("a", "1");
    assertEquals(
        1,
        api.send("DELETE", "/pattern/manage/", "{\"pattern\": \"a\"}")
            .expect(200)
            .number("deleted_count"));
    api.put("a", "1");
    assertEquals(
        1,
        api.send("DELETE", "/pattern/manage/?pattern=a", null).expect(200).number("deleted_count"));
  }

  @Test
  void whatAGetCarriesIsNotRead() {
    api.put("a", "1");
    api.send("GET", "/pattern/", "{\"pattern\": \"a\"}").expectProblem(400, "pattern-required");
    api.send("GET", "/pattern/?pattern=a", "no json").expect(200);
  }

  @Test
  void aPatternInBothPlacesIsRefused() {
    api.put("a", "1");
    api.send("DELETE", "/pattern/manage/?pattern=a", "{\"pattern\": \"a\"}")
        .expectProblem(400, "invalid-parameter");
    api.get("/pattern/?pattern=a&pattern=b").expectProblem(400, "invalid-parameter");
    api.get("/key/a/").expect(200);
  }

  @Test
  void aMissingOrEmptyPatternIsRefused() {
    for (String path :
        List.of("/pattern/", "/pattern/?pattern=", "/pattern/stats/", "/apps/a/pattern/")) {
      Reply reply = api.get(path).expectProblem(400, "pattern-required");
      assertEquals("Pattern parameter is required", reply.text("error"));
    }
    Reply misspelt = api.get("/pattern/?patern=a").expectProblem(400, "pattern-required");
    assertTrue(misspelt.text("detail").endsWith("did you mean pattern?"), misspelt.text("detail"));
    for (String method : List.of("DELETE", "PUT")) {
      api.send(method, "/pattern/manage/", null).expectProblem(400, "pattern-required");
      api.send(method, "/pattern/manage/", "{\"pattern\": \"\"}")
          .expectProblem(400, "pattern-required");
      api.send(method, "/pattern/manage/", "{\"pattern\": 5}")
          .expectProblem(400, "invalid-parameter");
    }
  }

  @Test
  void invalidPatternIsRejectedWithPositionAndReason() {
    Reply reply = api.get(ApiClient.pattern("ab(c")).expectProblem(400, "invalid-pattern");
    assertTrue(reply.text("detail").contains("Unclosed group at position 4"), reply.text("detail"));
    api.send("DELETE", "/pattern/manage/", "{\"pattern\": \"[\"}")
        .expectProblem(400, "invalid-pattern");
    api.get("/apps/a/pattern/?pattern=*").expectProblem(400, "invalid-pattern");
    api.get(ApiClient.pattern("a".repeat(1_000))).expect(200);
    api.get(ApiClient.pattern("鍵".repeat(1_000))).expect(200);
    api.get(ApiClient.pattern("a".repeat(1_001))).expectProblem(400, "invalid-pattern");
  }

  @Test
  void explodingPatternIsStopped() {
    api.put("a".repeat(250), "1");
    api.put("b", "1");
    for (String pattern : List.of(
        "(.*a){25}(?!.)", "(a+a+)+\\1c", "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(?=c)")) {
      assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
        api.get(ApiClient.pattern(pattern)).expectProblem(422, "pattern-too-costly");
        api.send("DELETE", "/pattern/manage/?pattern=" + ApiClient.encoded(pattern), null)
            .expectProblem(422, "pattern-too-costly");
        api.get("/key/b/").expect(200);
      });
    }
    assertEquals(2, api.get("/keys/").number("total_keys"));
    String groups = "(".repeat(500) + ")".repeat(500);
    assertTrue(Set.of(200, 400, 422).contains(api.get(ApiClient.pattern(groups)).status()));
    api.get(ApiClient.pattern("(){1000000000}")).expectProblem(400, "invalid-pattern");
  }

  @Test
  void otherRequestsAreAnsweredWhilePatternsExplode() {
    api.put("a".repeat(250), "1");
    api.put("b", "1");
    String exploding = ApiClient.pattern("(.*a){25}(?!.)");
    AtomicBoolean answered = new AtomicBoolean();
    List<CompletableFuture<Integer>> attackers = IntStream.range(0, 4)
        .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
          int refused = 0;
          do {
            api.get(exploding).expectProblem(422, "pattern-too-costly");
            refused++;
          } while (!answered.get());
          return refused;
        }))
        .toList();
    try {
      IntStream.range(0, 50).forEach(i -> api.get("/key/b/").expect(200));
    } finally {
      answered.set(true);
    }
    attackers.forEach(attacker -> assertTrue(attacker.join() > 0));
  }
}
