package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.adapter.cli.TerminalText;
import org.ocmcore.cache.adapter.file.AuditVerifier;
import org.ocmcore.cache.adapter.http.ApiClient;
import tools.jackson.databind.JsonNode;

/** What the jar writes to standard error, from its start to its end. */
@Timeout(120)
class LogIT {
  private static final String VALUE = "s3cr3t-of-somebody";
  private static final String TOKEN = "cache_secret-of-the-operator";

  @TempDir
  private Path folder;

  private Map<String, String> settings(LogFormat format) {
    Map<String, String> settings = new HashMap<>();
    settings.put("CACHE_LOG_FORMAT", format.toString());
    settings.put("CACHE_LOG_LEVEL", "debug");
    settings.put("CACHE_ACCESS_LOG", "all");
    settings.put("CACHE_HIDE_VALUES", "^session:");
    settings.put("CACHE_AUDIT_FILE", "audit.log");
    settings.put(
        "CACHE_TOKENS_FILE", TokensOnDisk.write(folder, TOKEN + " operator").toString());
    return settings;
  }

  /** Starts it, sends hostile requests and secrets, ends it, and returns what it has logged. */
  private String logged(Map<String, String> settings) throws InterruptedException {
    try (JarProcess service = JarProcess.start(folder, settings)) {
      ApiClient anybody = service.client();
      ApiClient operator = anybody.with(TOKEN);
      operator.put("session:1", "\"" + VALUE + "\"");
      operator.put("page\u202e:1", "\"" + VALUE + "\"");
      operator.get("/key/session:1/?value=true").expect(200);
      operator.get("/pattern/?pattern=private-query").expect(200);
      operator.send("PUT", "/key/session:1/", "{\"value\": \"" + VALUE + "\", \"x\": 1}");
      operator
          .send("DELETE", "/pattern/manage/", "{\"pattern\": \"\u009bX\\n|\u2028\"}")
          .expect(200);
      anybody.get("/keys/").expect(401);
      String wrong = "Authorization: Bearer " + VALUE + "\r\n";
      for (String head : List.of(
          "GET /api/cache/key/%1B%5B31m%0Aforged/ HTTP/1.1\r\nHost: localhost\r\n" + wrong,
          "GET /nothing%E2%80%AE HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: \u001b[31m\r\n",
          "GET / HTTP/1.1\r\nHost: evil\u001b[31m\r\nX-Request-Id: " + "a".repeat(9_000) + "\r\n",
          "GET / HTTP/1.1\r\nHost: localhost\r\ntraceparent: 00-\u0000\r\n",
          "\u001b[31m / HTTP/1.1\r\nHost: localhost\r\n",
          "BREW / HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: last-one\r\n")) {
        anybody.raw(head + "Connection: close\r\n\r\n");
      }
      service.terminate();
      service.awaitEnd(20);
      return service.err();
    }
  }

  @ParameterizedTest
  @EnumSource
  void noSecretReachesTheLog(LogFormat format) throws InterruptedException {
    String log = logged(settings(format));
    for (String secret : List.of(VALUE, "Bearer", "private-query")) {
      assertFalse(log.contains(secret), log);
    }
    String withoutName = log.replace("caller\":\"" + TOKEN, "")
        .replace("caller=" + TOKEN, "")
        .replace("by " + TOKEN + ":", "");
    assertFalse(withoutName.contains(TOKEN), log);
    assertTrue(log.contains("last-one"), log);
  }

  @Test
  void everyLineIsJson() throws Exception {
    List<JsonNode> lines = CapturedLog.parsed(logged(settings(LogFormat.JSON)));
    assertTrue(lines.stream()
        .allMatch(line -> line.has("time") && line.has("level") && line.has("message")));
    List<JsonNode> requests = lines.stream()
        .filter(line -> line.at("/logger").asString().equals("access"))
        .toList();
    assertTrue(requests.stream().allMatch(line -> line.has("request_id")));
    assertTrue(requests.stream()
        .anyMatch(line -> line.at("/route").asString().equals("/api/cache/key/{key}")
            && line.at("/method").asString().equals("POST")
            && line.at("/status").asInt() == 201));
    JsonNode job = lines.stream()
        .filter(line -> line.at("/logger").asString().endsWith(".JobLog"))
        .findFirst()
        .orElseThrow();
    JsonNode request = requests.stream()
        .filter(line -> line.at("/method").asString().equals("DELETE"))
        .findFirst()
        .orElseThrow();
    assertEquals(request.at("/request_id"), job.at("/request_id"));
    Path audit = folder.resolve("audit.log");
    assertEquals(
        Optional.empty(), AuditVerifier.verify(List.of(audit), Optional.empty()).damage());
    assertTrue(Files.readString(audit)
        .contains("\"request_id\":\"" + request.at("/request_id").asString() + "\""));
  }

  @Test
  void everyLineOfTextIsPrintable() throws InterruptedException {
    String log = logged(settings(LogFormat.TEXT));
    assertTrue(
        log.codePoints().allMatch(each -> each == '\n' || TerminalText.isPrintable(each)), log);
    assertEquals(
        "",
        log.lines()
            .filter(line -> !line.matches("\\d{4}-\\S+ (DEBUG|INFO|WARN|ERROR) \\w+ - .*"))
            .collect(Collectors.joining("\n")));
  }

  @Test
  void aFailedStartIsJsonAsWell() throws InterruptedException {
    try (JarProcess service = JarProcess.start(
        folder,
        Map.of(
            "CACHE_LOG_FORMAT", "json",
            "CACHE_LOG_LEVEL", "loud",
            "CACHE_ACCESS_LOG", "\u001b[31m\nx"))) {
      assertEquals(2, service.awaitEnd(20));
      List<JsonNode> lines = CapturedLog.parsed(service.err());
      assertEquals(
          "cache: cannot start: CACHE_ACCESS_LOG is \"\\x1b[31m\\x0ax\": it must be one of all, errors, none",
          lines.get(0).at("/message").asString());
      assertEquals(
          "  also: CACHE_LOG_LEVEL is \"loud\": it must be one of error, warn, info, debug",
          lines.get(1).at("/message").asString());
    }
  }

  @Test
  void aWrongFormatIsReportedAsText() throws InterruptedException {
    try (JarProcess service = JarProcess.start(folder, Map.of("CACHE_LOG_FORMAT", "xml"))) {
      assertEquals(2, service.awaitEnd(20));
      assertEquals(
          "cache: cannot start: CACHE_LOG_FORMAT is \"xml\": it must be one of text, json\n",
          service.err());
    }
  }
}
