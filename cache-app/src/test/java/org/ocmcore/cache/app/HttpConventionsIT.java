package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiClient.Reply;

/**
 * What holds for every request: paths, verbs, keys, patterns, lifetimes, bodies and the form of
 * problems.
 */
class HttpConventionsIT extends HttpFixture {
  private static final List<String> GETS = List.of(
      "/stats",
      "/keys",
      "/pattern?pattern=a",
      "/pattern/stats?pattern=a",
      "/key/a:1",
      "/auto-dump",
      "/dumps",
      "/jobs",
      "/apps/stats",
      "/apps/a/stats",
      "/apps/registry",
      "/apps/a/pattern?pattern=a");

  @Test
  void trailingSlashIsOptional() {
    api.put("a:1", "1");
    for (String path : GETS) {
      assertEquals("application/json", api.get(path).expect(200).header("content-type"), path);
      api.get(withSlash(path)).expect(200);
    }
    api.send("POST", "", null).expect(200);
    api.send("DELETE", "", null).expect(200);
  }

  private static String withSlash(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path + "/" : path.substring(0, query) + "/" + path.substring(query);
  }

  @Test
  void everyGetAnswersHead() {
    api.put("a:1", "1");
    for (String path : GETS) {
      Reply head = api.send("HEAD", path, null).expect(200);
      assertEquals(0, head.response().body().length);
      assertEquals("application/json", head.header("content-type"));
    }
    api.send("HEAD", "/key/missing", null).expect(404);
    api.send("HEAD", "/pattern", null).expect(400);
  }

  @Test
  void wrongVerbIs405WithAllow() {
    assertAllowed("/stats/", "POST", "GET", "HEAD");
    assertAllowed("/restore/", "GET", "POST");
    assertAllowed("/jobs/", "DELETE", "GET", "HEAD");
    assertAllowed("/jobs/x/", "POST", "DELETE", "GET", "HEAD");
    assertAllowed("/jobs/x/events/", "POST", "GET", "HEAD");
    assertAllowed("/changes/events/", "POST", "GET", "HEAD");
    assertAllowed("/", "PATCH", "DELETE", "GET", "HEAD", "POST");
    assertAllowed("/key/a/", "PATCH", "DELETE", "GET", "HEAD", "POST", "PUT");
    assertAllowed("/pattern/manage/", "POST", "DELETE", "PUT");
    assertAllowed("/apps/x/", "GET", "DELETE");
    assertAllowed("/auto-dump/", "OPTIONS", "DELETE", "GET", "HEAD", "POST", "PUT");
  }

  private void assertAllowed(String path, String method, String... allowed) {
    Reply reply = api.send(method, path, null).expectProblem(405, "method-not-allowed");
    assertEquals(
        new TreeSet<>(Set.of(allowed)),
        new TreeSet<>(Set.of(reply.header("allow").split(", "))));
  }

  @Test
  void anUnknownPathIs404() {
    api.get("/nothing/").expectProblem(404, "no-such-path");
    api.get("/key/a/b/").expectProblem(404, "no-such-path");
    api.send("DELETE", "/apps/a/b/", null).expectProblem(404, "no-such-path");
    String outside =
        api.raw("GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertTrue(
        outside.startsWith("HTTP/1.1 404")
            && outside.contains("urn:cache-app:problem:no-such-path"),
        outside);
  }

  @Test
  void whatIsNoHttpIsAProblemToo() {
    for (String request : List.of("GET\r\n\r\n", "rubbish\r\n\r\n")) {
      String answer = api.raw(request);
      assertTrue(
          answer.startsWith("HTTP/1.1 400") && answer.contains("urn:cache-app:problem:"),
          request + answer);
    }
  }

  @Test
  void invalidPercentEncodingIsExplained() {
    assertUndecodable("/key/%zz", "two hexadecimal digits");
    assertUndecodable("/key/%", "two hexadecimal digits");
    assertUndecodable("/key/%c3%28", "not UTF-8");
    assertUndecodable("/key/%ff", "not UTF-8");
    assertUndecodable("/key/%ED%A0%80", "not UTF-8");
    assertUndecodable("/key/a%00b", "and not by 00");
    assertUndecodable("/keys?limit=%zz", "two hexadecimal digits");
  }

  private void assertUndecodable(String path, String reason) {
    String answer = api.raw("GET " + ApiClient.BASE + path
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 400") && answer.contains(reason), path + answer);
  }

  @Test
  void truncatedBodyIsRejected() {
    for (String framing :
        List.of("Content-Length: 1\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nzz\r\n")) {
      String request =
          "PUT " + ApiClient.BASE + "/key/k HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Type: application/json\r\n" + framing;
      String answer = api.rawThenEnd(request);
      assertTrue(
          answer.startsWith("HTTP/1.1 400") && answer.contains("urn:cache-app:problem:"), answer);
    }
  }

  @Test
  void anUnknownMethodIsRefusedAsAProblem() {
    String answer = api.raw("BREW " + ApiClient.BASE
        + "/stats/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertTrue(
        answer.startsWith("HTTP/1.1 405") && answer.contains("urn:cache-app:problem:"), answer);
  }
}
