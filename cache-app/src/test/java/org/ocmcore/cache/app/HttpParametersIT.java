package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;

class HttpParametersIT extends HttpFixture {
  @Test
  void unknownParametersAndFieldsAreIgnored() {
    api.get("/keys/?unknown=1").expect(200);
    api.send("POST", "/key/a/", "{\"value\": 1, \"unknown\": [1]}").expect(201);
  }

  @Test
  void malformedParameterIsRejectedByName() {
    for (String path : List.of(
        "/keys/?limit=0",
        "/keys/?limit=10001",
        "/keys/?limit=-1",
        "/keys/?limit=x",
        "/keys/?limit=",
        "/keys/?limit=1.5",
        "/keys/?cursor=!!",
        "/keys/?cursor=",
        "/keys/?details=yes",
        "/keys/?min_size=-1",
        "/keys/?max_size=4294967296",
        "/keys/?max_size=5&min_size=6",
        "/keys/?ttl_below=1.5",
        "/keys/?ttl_above=1h",
        "/keys/?ttl_below=61&ttl_above=60",
        "/keys/?ttl_below=60&no_ttl=true",
        "/keys/?no_ttl=1",
        "/keys/?never_fetched=yes",
        "/keys/?idle_above=",
        "/keys/?server=nowhere:1",
        "/keys/?app=",
        "/keys/?prefix=" + "a".repeat(251),
        "/keys/?prefix_base64=!",
        "/keys/?prefix=a&prefix_base64=YQ",
        "/keys/?limit=5&sort=name",
        "/keys/?limit=5&order=up",
        "/keys/?fresh=1",
        "/tree/?delimiter=",
        "/tree/?limit=0",
        "/tree/?limit=10001",
        "/tree/?sort=ttl",
        "/analysis/?min_size=x",
        "/pattern/?pattern=a&values=1",
        "/pattern/?pattern=a&values=true&limit=1001")) {
      Reply reply = api.get(path).expectProblem(400, "invalid-parameter");
      String name = path.substring(
          1 + Math.max(path.lastIndexOf('?'), path.lastIndexOf('&')), path.lastIndexOf('='));
      assertTrue(reply.text("detail").contains(name), reply.text("detail"));
    }
  }

  @Test
  void bytesThatAreNoBase64AreCalledThat() {
    Reply prefix = api.get("/keys/?prefix_base64=!").expectProblem(400, "invalid-parameter");
    assertEquals("prefix_base64 is \"!\", which cannot be: not base64", prefix.text("detail"));
    Reply key = api.get("/key/?key_base64=!").expectProblem(400, "invalid-key");
    assertEquals("key_base64 \"!\": not base64", key.text("detail"));
  }

  @Test
  void anotherOrderIsForTheFirstKeysOnly() {
    Reply missing = api.get("/keys/?sort=size").expectProblem(400, "invalid-parameter");
    assertTrue(missing.text("detail").contains("limit"), missing.text("detail"));
    Reply paged = api.get("/pattern/?pattern=a&sort=ttl&limit=5&cursor=YQ")
        .expectProblem(400, "invalid-parameter");
    assertTrue(paged.text("detail").contains("cursor"), paged.text("detail"));
  }

  @Test
  void nonObjectBodyIsRejected() {
    api.put("k", "1");
    for (String body : List.of(
        "[1]",
        "\"text\"",
        "5",
        "null",
        "{",
        "{\"a\":1} x",
        "{\"timeout\": NaN}",
        "{\"a\":1,\"a\":2}")) {
      api.send("PUT", "/key/k/", body).expectProblem(400, "invalid-body");
    }
  }

  @Test
  void hostileJsonIsRejectedInPlainWords() {
    for (String value : List.of("[".repeat(2_000), "1".repeat(2_000), "NaN", "")) {
      Reply reply =
          api.send("POST", "/key/k/", "{\"value\": " + value).expectProblem(400, "invalid-body");
      assertFalse(reply.text("detail").contains("Feature"), reply.text("detail"));
      assertFalse(reply.text("detail").contains("jackson"), reply.text("detail"));
    }
    api.send("POST", "/key/k/", "{} {}").expectProblem(400, "invalid-body");
  }

  @Test
  void wrongJsonSaysWhatIsWrongAndWhere() {
    for (String[] body : new String[][] {
      {"{\"value\": nul}", "line 1, column 11: there is 'nul', which is no JSON there"},
      {"{\"value\" 1}", ": there is '1', which is no JSON there"},
      {"{\"value\": 1", "it ends too early"}
    }) {
      String detail = api.send("POST", "/key/k/", body[0])
          .expectProblem(400, "invalid-body")
          .text("detail");
      assertTrue(detail.contains(body[1]), detail);
    }
  }

  @Test
  void misspeltParametersOfReadsGetAHint() {
    api.put("a", "1");
    assertEquals(
        "limt is not a parameter here and was ignored; did you mean limit?",
        api.get("/keys/?limt=1").expect(200).text("hint"));
    assertEquals(
        "detail is not a parameter here and was ignored; did you mean details?",
        api.get("/keys/?detail=true").expect(200).text("hint"));
    assertEquals("[\"a\"]", api.get("/keys/?limt=1").at("keys").toString());
    for (String plain : List.of("/keys/", "/keys/?limit=1", "/keys/?utm_source=x", "/stats/")) {
      assertFalse(api.get(plain).expect(200).json().has("hint"), plain);
    }
  }

  @Test
  void anIntervalUnderAnotherNameStartsNothing() {
    String detail = api.send("POST", "/auto-dump/", "{\"interval\": 60}")
        .expectProblem(400, "invalid-parameter")
        .text("detail");
    assertTrue(detail.contains("did you mean interval_seconds?"), detail);
    assertFalse(api.get("/auto-dump/").at("running").booleanValue());
  }

  @Test
  void neverIsNamedWhereALifetimeIsWrong() {
    String detail = api.send("PUT", "/key/a/", "{\"timeout\": 0}")
        .expectProblem(400, "invalid-parameter")
        .text("detail");
    assertTrue(detail.endsWith("or null for never"), detail);
  }

  @Test
  void faultsOfAStoredValueAreNamed() {
    for (String[] wrong : new String[][] {
      {
        "{\"value\": 1, \"timeout\": \"Keep\"}",
        "invalid-parameter",
        "or null for never, or \"keep\""
      },
      {
        "{\"value\": {\"base64\": \"!!\"}}",
        "invalid-parameter",
        "what it has as base64 is not base64"
      },
      {"{'value': 1}", "invalid-body", "column 2: there is ''', which is no JSON there"}
    }) {
      String detail =
          api.send("POST", "/key/a/", wrong[0]).expectProblem(400, wrong[1]).text("detail");
      assertTrue(detail.endsWith(wrong[2]), detail);
    }
  }

  @Test
  void misplacedLimitStopsTheChange() {
    api.put("a", "1");
    api.send("POST", "/", null).expect(200);
    for (String[] request : new String[][] {
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"dryRun\": true}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"dry-run\": true}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"dry_rum\": true}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"prefx\": \"b\"}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"rat\": 1}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"min_sise\": 9999}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"limit\": 0}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"async\": true}"},
      {"DELETE", "/pattern/manage/?asink=true", "{\"pattern\": \"a\"}"},
      {"PUT", "/pattern/manage/", "{\"pattern\": \"a\", \"timout\": 1}"},
      {"PUT", "/pattern/manage/", "{\"pattern\": \"a\", \"jiter\": 1, \"timeout\": 1}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"max_key\": 0}"},
      {"DELETE", "/pattern/manage/?pattern=a&dry_run=true", null},
      {"PUT", "/pattern/manage/?pattern=a&max_keys=0", "{\"timeout\": 1}"},
      {"PUT", "/pattern/manage/", "{\"pattern\": \"a\", \"Timeout\": 1}"},
      {"DELETE", "/", "{\"pattern\": \"b\"}"},
      {"DELETE", "/?dry_run=true", null},
      {"DELETE", "/apps/global/", "{\"dry_run\": true}"},
      {"DELETE", "/pattern/manage/", "{\"pattern\": \"a\", \"Prefix\": \"b\"}"},
      {"DELETE", "/pattern/manage/?pattern=a&min_size=5000", null},
      {"PUT", "/pattern/manage/", "{\"pattern\": \"a\", \"ttlBelow\": 5}"},
      {"POST", "/restore/?dry_run=true", null},
      {"POST", "/key/a/", "{\"value\": 2, \"Timeout\": 5}"},
      {"DELETE", "/", "{\"timeout\": 5}"},
      {"DELETE", "/", "{\"value\": 1}"},
      {"DELETE", "/", "{\"confirm\": \"clear\", \"name\": \"x\"}"},
      {"DELETE", "/?confirm=clear", null},
      {"POST", "/", "{\"timeout\": 5}"},
      {"POST", "/", "{\"name\": \"mine\"}"},
      {"PUT", "/key/a/", "{\"ttl\": 1}"},
      {"PUT", "/key/a/?timeout=1", null},
      {"POST", "/key/a/", "{\"value\": 2, \"mode\": \"add\"}"},
      {"POST", "/key/a/?flags=1", "{\"value\": 2}"},
      {"POST", "/keys/delete/", "{\"keys\": [\"a\"], \"timeout\": 1}"},
      {"POST", "/restore/", "{\"timeout\": 1}"},
      {"DELETE", "/key/a/", "{\"interval_seconds\": 1}"},
      {"DELETE", "/auto-dump/", "{\"value\": 1}"},
      {"POST", "/auto-dump/", "{\"timeout\": 600}"},
      {"PUT", "/auto-dump/?interval_seconds=600", "{\"interval_seconds\": 600}"},
      {"DELETE", "/apps/global/", "{\"value\": 1}"},
      {"DELETE", "/dumps/x/", "{\"mode\": \"add\"}"}
    }) {
      Reply reply =
          api.send(request[0], request[1], request[2]).expectProblem(400, "invalid-parameter");
      assertTrue(reply.text("detail").contains("is not taken"), reply.text("detail"));
    }
    assertEquals("1", api.get("/key/a/").expect(200).at("value").toString());
    assertTrue(api.get("/key/a/").number("ttl_seconds") > 3000);
  }

  /** Who forgets {@code dumps/} must not clear the servers. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "timeout",
        "value",
        "flags",
        "interval_seconds",
        "mode",
        "placement",
        "cold_only",
        "salvage",
        "jitter",
        "keys",
        "plan"
      })
  void aFieldOfAnotherChangeClearsNothing(String field) {
    api.put("a", "1");
    for (String[] request :
        new String[][] {{"/?" + field + "=1", null}, {"/", "{\"" + field + "\": 1}"}}) {
      api.send("DELETE", request[0], request[1]).expectProblem(400, "invalid-parameter");
    }
    api.get("/key/a/").expect(200);
  }

  @Test
  void unknownLimitIsAnsweredWithASuggestion() {
    for (String[] request : new String[][] {
      {"?dry_run=true", "{\"pattern\": \"a\"}", "put it into the body"},
      {"", "{\"pattern\": \"a\", \"async\": true}", "put it into the query string"},
      {"", "{\"pattern\": \"a\", \"dry_rum\": true}", "did you mean dry_run?"},
      {"", "{\"pattern\": \"a\", \"limit\": 1}", "what is taken is app, "},
      {"", "{\"pattern\": \"a\", \"dry_run\": \"true\"}", "must be true or false, without quotes"}
    }) {
      String detail = api.send("DELETE", "/pattern/manage/" + request[0], request[1])
          .expectProblem(400, "invalid-parameter")
          .text("detail");
      assertTrue(detail.contains(request[2]), detail);
    }
  }

  @Test
  void aFieldOfAnotherMethodOfThePathIsIgnored() {
    api.put("a", "1");
    api.put("b", "1");
    api.send("DELETE", "/key/a/", "{\"timeout\": 60}").expect(200);
    api.send("DELETE", "/pattern/manage/", "{\"pattern\": \"b\", \"timeout\": 60}")
        .expect(200);
  }

  @Test
  void otherUnknownFieldsOfAChangeAreIgnored() {
    api.put("a", "1");
    assertEquals(
        1,
        api.send(
                "DELETE",
                "/pattern/manage/?reason=why",
                "{\"pattern\": \"a\", \"comment\": \"x\", \"user\": 7, \"ticket\": 1}")
            .expect(200)
            .number("deleted_count"));
  }

  @Test
  void aBodyOverTwoMebibytesIsRefused() {
    String body = "{\"keys\": [\"" + "x".repeat(2 * 1024 * 1024) + "\"]}";
    api.send("POST", "/keys/get/", body).expectProblem(413, "body-too-large");
  }

  @Test
  void anotherContentTypeWithABodyIsRefused() {
    api.send("POST", "/key/k/", "value=1", "application/x-www-form-urlencoded")
        .expectProblem(415, "unsupported-media-type");
    api.send("POST", "/key/k/", "{\"value\":1}", null).expectProblem(415, "unsupported-media-type");
    api.send("POST", "/key/k/", "{\"value\":1}", ";").expectProblem(415, "unsupported-media-type");
    api.send("POST", "/key/k/", "{\"value\":1}", "application/json; charset=utf-8")
        .expect(201);
  }

  @Test
  void keysAreOrderedByBytes() {
    for (String key : List.of("b", "a", "B", "ab", "a:1", "é", "鍵", "~", "🔑", "\uffee")) {
      api.put(key, "1");
    }
    List<String> byBytes = List.of("B", "a", "a:1", "ab", "b", "~", "é", "鍵", "\uffee", "🔑");
    assertEquals(byBytes, api.get("/keys/").texts("keys"));
    assertEquals(byBytes, matching("."));
    assertEquals(byBytes, api.get("/pattern/stats/?pattern=.").texts("matching_keys"));
  }

  @Test
  void instantsAreRfc3339InUtc() {
    String asOf = api.get("/stats/").at("tracking").get("as_of").stringValue();
    assertTrue(asOf.endsWith("Z"));
    assertTrue(Duration.between(Instant.parse(asOf), Instant.now()).abs().toMinutes() < 1);
  }
}
