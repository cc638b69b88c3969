package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.adapter.http.AccessLog;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.HttpApi;
import org.ocmcore.cache.adapter.http.HttpLimits;
import org.ocmcore.cache.adapter.http.HttpMonitoring;
import org.ocmcore.cache.adapter.http.HttpSettings;
import org.ocmcore.cache.adapter.http.ProxySettings;
import org.ocmcore.cache.adapter.http.RequestEvents;
import org.ocmcore.cache.adapter.http.ServiceInfo;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.access.Authenticator;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.access.Environment;
import org.ocmcore.cache.domain.testing.Bench;
import tools.jackson.databind.JsonNode;

/** What requests leave in the log. */
@Timeout(60)
class RequestLogTest {
  private final Bench bench = new Bench();
  private final CapturedLog log = new CapturedLog();
  private HttpApi api;

  private ApiClient start(AccessLog access) throws IOException {
    RequestEvents events = new RequestEvents() {
      @Override
      public void answered(String method, String route, int status, Duration duration) {}

      @Override
      public void refused(String kind) {}
    };
    api = new HttpApi(
        new HttpSettings(
            "127.0.0.1",
            0,
            Set.of(),
            ProxySettings.NONE,
            Optional.empty(),
            HttpLimits.DEFAULT,
            access),
        new ServiceInfo("memory", "development", "data/dump", List.of()),
        Authenticator.ofAnybody(Environment.DEVELOPMENT),
        new CallerUseCases(Caller.SERVICE, bench.reader, bench.admin),
        Optional.of(new HttpMonitoring(
            null,
            accept -> {
              throw new IllegalStateException("\u001b[31m\nforged");
            },
            true,
            events)),
        bench.clock);
    api.start();
    return new ApiClient(api.port());
  }

  @AfterEach
  void stop() {
    api.close();
    log.close();
  }

  private static String get(ApiClient client, String target, String id) {
    return client.raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: " + id
        + "\r\nConnection: close\r\n\r\n");
  }

  @Test
  void everyRequestIsALine() throws IOException {
    ApiClient client = start(AccessLog.ALL);
    client.put("private", "1");
    get(client, "/api/cache/key/private/?value=false&page=secret", "one");
    JsonNode line = log.awaitAccess("one");
    assertEquals("GET", line.at("/method").asString());
    assertEquals("/api/cache/key/{key}", line.at("/route").asString());
    assertEquals(200, line.at("/status").asInt());
    assertTrue(line.at("/duration_ms").isIntegralNumber());
    assertTrue(line.at("/bytes").asInt() > 0);
    assertEquals("127.0.0.1", line.at("/address").asString());
    assertEquals("anonymous", line.at("/caller").asString());
    assertEquals("operator", line.at("/role").asString());
    assertFalse(line.toString().contains("private"), line.toString());
    assertFalse(line.toString().contains("secret"), line.toString());
  }

  @Test
  void aRefusedRequestIsALineWithoutACaller() throws IOException {
    ApiClient client = start(AccessLog.ERRORS);
    client.raw(
        "GET /api/cache/key/private/ HTTP/1.1\r\nHost: evil.example\r\nX-Request-Id: two\r\nConnection: close\r\n\r\n");
    JsonNode line = log.awaitAccess("two");
    assertEquals(421, line.at("/status").asInt());
    assertEquals("none", line.at("/route").asString());
    assertFalse(line.has("caller"));
  }

  @Test
  void goodRequestsAreNoErrors() throws IOException {
    ApiClient client = start(AccessLog.ERRORS);
    get(client, "/api/cache/service/", "good");
    get(client, "/nothing", "bad");
    log.awaitAccess("bad");
    assertFalse(log.text().contains("\"good\""), log.text());
  }

  @Test
  void withoutTheSettingThereAreNone() throws IOException {
    ApiClient client = start(AccessLog.NONE);
    get(client, "/nothing", "bad");
    client.put("a", "1");
    log.await(line -> line.at("/message").asString().contains("'a' created"));
    assertFalse(log.text().contains("\"access\""), log.text());
  }

  /** What a route logs on the thread that has awaited the body has the id as well. */
  @Test
  void changesHaveTheId() throws IOException {
    ApiClient client = start(AccessLog.NONE);
    client.raw("POST /api/cache/key/a/ HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: change\r\n"
        + "Content-Type: application/json\r\nContent-Length: 11\r\nConnection: close\r\n\r\n"
        + "{\"value\":1}");
    JsonNode line = log.await(each -> each.at("/message").asString().startsWith("POST "));
    assertEquals("change", line.at("/request_id").asString());
  }

  @Test
  void anInternalErrorHasTheIdOfTheAnswer() throws IOException {
    ApiClient client = start(AccessLog.ALL);
    String answer = get(client, "/metrics", "broken");
    assertTrue(answer.startsWith("HTTP/1.1 500"), answer);
    assertTrue(answer.contains("\"request_id\":\"broken\""), answer);
    assertTrue(answer.contains("the log says more under request_id broken"), answer);
    assertFalse(answer.contains("forged"), answer);
    JsonNode line = log.await(each -> each.at("/level").asString().equals("error"));
    assertEquals("broken", line.at("/request_id").asString());
    assertTrue(line.at("/exception").asString().contains("\nforged\n\tat "), line.toString());
    assertEquals(500, log.awaitAccess("broken").at("/status").asInt());
  }
}
