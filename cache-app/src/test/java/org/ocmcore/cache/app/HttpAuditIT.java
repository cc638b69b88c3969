package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.file.AuditVerifier;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.domain.access.Token;

/** What a service writes into its audit log. */
class HttpAuditIT {
  private static final String SECRET = "s3cr3t-of-somebody";
  private static final String OPERATOR = "cache_operator";
  private static final String VIEWER = "cache_viewer";

  @TempDir
  private Path folder;

  private RunningService service;

  @AfterEach
  void stop() {
    if (service != null) {
      service.close();
    }
  }

  private ApiClient start(String environment, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("CACHE_AUDIT_FILE", log().toString());
    service = RunningService.start(StoreKind.MEMORY, environment, settings);
    return service.client();
  }

  private Path log() {
    return folder.resolve("audit/audit.log");
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(log());
  }

  private String last() throws IOException {
    List<String> lines = lines();
    return lines.get(lines.size() - 1);
  }

  private void expectLast(String... parts) throws IOException {
    for (String part : parts) {
      assertTrue(last().contains(part), last());
    }
  }

  @Test
  void changesSayWhoFromWhereAndWhat() throws IOException {
    ApiClient api = start("development", Map.of());
    api.put("page:1", "1");
    expectLast(
        "\"caller\":\"anonymous\",\"role\":\"operator\",\"address\":\"127.0.0.1\"",
        "\"operation\":\"store\",\"target\":\"key 'page:1'\",\"outcome\":\"done\"");
    api.put("page:2", "2");
    api.send("DELETE", "/pattern/manage/", "{\"pattern\": \"^page:\", \"dry_run\": true}")
        .expect(200);
    expectLast("\"operation\":\"preview-delete-matching\"", "\"matched\":2,\"done\":0");
    api.send("DELETE", "/pattern/manage/", "{\"pattern\": \"^page:\"}").expect(200);
    expectLast(
        "\"operation\":\"delete-matching\"",
        "^page:",
        "\"matched\":2,\"done\":2,\"outcome\":\"done\"");
    api.delete("/key/page:1/").expectProblem(404, "key-not-found");
    expectLast("\"outcome\":\"failed\",\"failure\":\"KeyNotFound\"");
    int before = lines().size();
    api.get("/keys/").expect(200);
    assertEquals(before, lines().size());
    assertEquals(
        Optional.empty(), AuditVerifier.verify(List.of(log()), Optional.empty()).damage());
  }

  @Test
  void noValueIsInTheLog() throws IOException {
    ApiClient api = start("development", Map.of());
    List<String> values =
        List.of("\"" + SECRET + "\"", "{\"a\": \"" + SECRET + "\"}", "[\"" + SECRET + "\"]");
    for (String key : List.of("k", "a\"}\n{\"n\":1", "\u001b[31m\u2028")) {
      String path = "/key/?key_base64="
          + ApiClient.encoded(
              Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8)));
      for (String value : values) {
        api.send("POST", path, "{\"value\": " + value + "}");
      }
      api.send("POST", path, "{\"value\": \"" + SECRET + "\", \"timeout\": -7}");
      api.send("POST", path, "{\"value\": \"" + SECRET + "\", \"encoding\": \"base64\"}");
    }
    api.send("POST", ApiClient.key("x".repeat(300)), "{\"value\": \"" + SECRET + "\"}");
    api.send("POST", "/keys/refresh/", "{\"keys\": [\"k\"], \"timeout\": 60}").expect(200);
    api.send("POST", "/", null).expect(200);
    api.send("POST", "/restore/", "{\"mode\": \"replace\"}").expect(200);
    api.send("POST", "/keys/delete/", "{\"keys\": [\"k\", \"" + "gone" + "\"]}").expect(200);
    service.close();
    service = null;
    String text = Files.readString(log());
    assertFalse(text.contains(SECRET), text);
    assertTrue(
        text.contains("\"operation\":\"delete-keys\",\"target\":\"keys 'k', 'gone'\""), text);
    assertTrue(text.contains("a\\\"}\\n{\\\"n\\\":1"), text);
    assertTrue(text.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f), text);
    assertEquals(
        Optional.empty(), AuditVerifier.verify(List.of(log()), Optional.empty()).damage());
  }

  @Test
  void refusalsInProductionAreRecorded() throws IOException {
    ApiClient api = start("production", Map.of());
    api.delete("/key/page:1/").expectProblem(403, "management-forbidden");
    expectLast(
        "\"operation\":\"manage\",\"target\":\"DELETE /api/cache/key/page:1/\"",
        "\"outcome\":\"refused\",\"failure\":\"ManagementForbidden\"");
  }

  private String send(String method, String path, String token) {
    return service
        .client()
        .raw(
            "%s /api/cache%s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                .formatted(method, path, token));
  }

  @Test
  void rolesAndWrongTokensAreRecorded() throws IOException {
    Path tokens = Files.write(
        folder.resolve("tokens"),
        List.of(
            "anna operator sha256:" + Token.hash(OPERATOR),
            "otto viewer sha256:" + Token.hash(VIEWER)));
    start("development", Map.of("CACHE_TOKENS_FILE", tokens.toString()));
    assertTrue(send("DELETE", "/", OPERATOR).startsWith("HTTP/1.1 200"));
    expectLast("\"caller\":\"anna\"", "\"operation\":\"clear\"", "\"outcome\":\"done\"");
    assertTrue(send("DELETE", "/", VIEWER).startsWith("HTTP/1.1 403"));
    expectLast("\"caller\":\"otto\",\"role\":\"viewer\"", "\"failure\":\"RoleRequired\"");
    int before = lines().size();
    for (int i = 0; i < 15; i++) {
      assertTrue(send("GET", "/keys/", "wrong-token").matches("(?s)HTTP/1.1 (401|429).*"));
    }
    List<String> signIns = new ArrayList<>(lines().subList(before, lines().size()));
    assertTrue(signIns.size() >= 10 && signIns.size() < 15, signIns.toString());
    assertTrue(
        signIns
            .get(0)
            .contains(
                "\"address\":\"127.0.0.1\",\"operation\":\"sign-in\",\"target\":\"GET /api/cache/keys/\""),
        signIns.get(0));
    assertFalse(Files.readString(log()).contains("wrong-token"));
    service.close();
    service = null;
    expectLast("\"operation\":\"refusals\"");
  }

  @Test
  void aViewerPushesNoLinesOut() throws IOException {
    Path tokens = Files.write(
        folder.resolve("tokens"),
        List.of(
            "anna operator sha256:" + Token.hash(OPERATOR),
            "otto viewer sha256:" + Token.hash(VIEWER)));
    start(
        "development",
        Map.of(
            "CACHE_TOKENS_FILE",
            tokens.toString(),
            "CACHE_AUDIT_MAX_BYTES",
            "65536",
            "CACHE_AUDIT_KEEP",
            "1"));
    assertTrue(send("DELETE", "/", OPERATOR).startsWith("HTTP/1.1 200"));
    String path = "/apps/" + "%E2%80%AE".repeat(3_000);
    for (int i = 0; i < 150; i++) {
      assertTrue(send("DELETE", path, VIEWER).startsWith("HTTP/1.1 403"));
    }
    List<String> lines = lines();
    assertTrue(lines.get(1).contains("\"operation\":\"clear\""), lines.get(1));
    // More than one minute may have begun.
    assertTrue(lines.size() < 40, () -> lines.size() + " lines");
    assertTrue(lines.stream().allMatch(line -> line.length() < 1_500), lines::toString);
    assertTrue(last().matches(".* \\(26\\d\\d\\d characters more\\).*"), last());
  }

  @Test
  void withoutItsFolderNothingIsChanged() throws IOException {
    ApiClient api = start("development", Map.of());
    api.put("page:1", "1");
    Path moved = folder.resolve("moved");
    Files.move(log().getParent(), moved);
    ApiClient.Reply reply = api.delete("/key/page:1/").expectProblem(503, "audit-unavailable");
    assertFalse(
        reply.json().toString().contains(folder.toString()), reply.json().toString());
    api.send("DELETE", "/", null).expectProblem(503, "audit-unavailable");
    api.get("/key/page:1/").expect(200);
    Files.move(moved, log().getParent());
    api.delete("/key/page:1/").expect(200);
  }

  @Test
  void aJobIsRecordedWhenItStartsAndEnds() throws IOException, InterruptedException {
    ApiClient api = start("development", Map.of());
    api.put("page:1", "1");
    String job = api.send("DELETE", "/pattern/manage/?async=true", "{\"pattern\": \"^page:\"}")
        .expect(202)
        .text("id");
    service.close();
    service = null;
    List<String> ofJob = lines().stream()
        .filter(line -> line.contains("\"job\":\"" + job + "\""))
        .toList();
    assertEquals(2, ofJob.size(), ofJob.toString());
    assertTrue(ofJob.get(0).contains("\"outcome\":\"started\""), ofJob.get(0));
    assertFalse(ofJob.get(1).contains("\"outcome\":\"started\""), ofJob.get(1));
  }
}
