package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.Javalin;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.access.Authenticator;
import org.ocmcore.cache.domain.access.Environment;

/** What is believed of the headers of proxies; each test connects from 127.0.0.1. */
class ForwardedOverHttpTest {
  private static final String TRUSTED = "127.0.0.1, 10.0.0.0/8, fd00::/8";
  private static final String HOST = "Host: localhost";

  private static final List<Javalin> SERVERS = new ArrayList<>();

  private static ApiClient trusting;

  @BeforeAll
  static void start() {
    trusting = start(TRUSTED);
  }

  private static ApiClient start(String proxies) {
    HttpSettings settings = new HttpSettings(
        "127.0.0.1",
        0,
        Set.of("cache.example"),
        new ProxySettings(TrustedProxies.parse(proxies), ""),
        Optional.empty());
    Javalin server = Javalin.create(config -> {
      new JettySetup(
              settings,
              Json.mapper(),
              Authenticator.ofAnybody(Environment.DEVELOPMENT),
              Optional.empty(),
              Clock.systemUTC(),
              OptionalLong::empty)
          .apply(config);
      config.routes.get(
          "/",
          context -> context.result("[" + ClientAddress.of(context.req()).getHostAddress() + "]"));
    });
    SERVERS.add(server.start());
    return new ApiClient(server.port());
  }

  @AfterAll
  static void stop() {
    SERVERS.forEach(Javalin::stop);
  }

  private static String send(ApiClient client, String... headers) {
    return client.raw("GET / HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n"
        .formatted(String.join("\r\n", headers)));
  }

  private static void assertStatus(int status, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.7 | 203.0.113.7",
        "203.0.113.7, 10.1.1.1 | 203.0.113.7",
        "198.51.100.9, 203.0.113.7, 10.1.1.1, fd00::2 | 203.0.113.7",
        "10.9.9.9, 203.0.113.7 | 203.0.113.7",
        "10.1.1.1, 10.2.2.2 | 10.1.1.1",
        "203.0.113.7:4711 | 203.0.113.7",
        "2001:db8::5 | 2001:db8:0:0:0:0:0:5",
        "[2001:db8::5]:4711 | 2001:db8:0:0:0:0:0:5",
        "::ffff:203.0.113.7 | 203.0.113.7",
        "'203.0.113.7 ,\t10.1.1.1 ' | 203.0.113.7"
      })
  void theClientIsTheLastUntrustedSender(String senders, String client) {
    String answer = send(trusting, HOST, "X-Forwarded-For: " + senders);
    assertStatus(200, answer);
    assertTrue(answer.endsWith("[" + client + "]"), answer);
  }

  @Test
  void withoutTheHeaderTheClientIsTheProxy() {
    assertTrue(send(trusting, HOST).endsWith("[127.0.0.1]"));
  }

  @Test
  void othersAreNotBelieved() {
    for (String proxies : List.of("", "10.0.0.0/8, 127.0.0.2")) {
      ApiClient client = start(proxies);
      for (String header : List.of(
          "X-Forwarded-For: 203.0.113.7",
          "X-Forwarded-For: rubbish",
          "X-Forwarded-Host: evil.example",
          "X-Forwarded-Host: a b",
          "X-Forwarded-Proto: gopher",
          "X-Forwarded-Proto: http\r\nX-Forwarded-Proto: https")) {
        String answer = send(client, HOST, header);
        assertStatus(200, answer);
        assertTrue(answer.endsWith("[127.0.0.1]"), header + answer);
      }
      String answer =
          send(client, HOST, "X-Forwarded-Host: cache.example", "Origin: https://cache.example");
      assertStatus(403, answer);
    }
  }

  @Test
  void otherHeadersOfProxiesAreIgnored() {
    String answer = send(
        trusting,
        HOST,
        "Forwarded: for=203.0.113.7;host=evil.example;proto=gopher",
        "X-Real-IP: 203.0.113.7",
        "X-Forwarded-Server: evil.example",
        "X-Forwarded-Port: 1",
        "X-Forwarded-Prefix: /evil");
    assertStatus(200, answer);
    assertTrue(answer.endsWith("[127.0.0.1]"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: ",
        "X-Forwarded-For: unknown",
        "X-Forwarded-For: 203.0.113.7,",
        "X-Forwarded-For: ,203.0.113.7",
        "X-Forwarded-For: client.example",
        "X-Forwarded-For: rubbish, 203.0.113.7",
        "X-Forwarded-For: 203.0.113.7 10.1.1.1",
        "X-Forwarded-For: 203.0.113.7:99999",
        "X-Forwarded-For: 203.0.113.256",
        "X-Forwarded-For: 203.0.113.7\r\nx-forwarded-for: 203.0.113.8",
        "X-Forwarded-Proto: ",
        "X-Forwarded-Proto: wss",
        "X-Forwarded-Proto: https, http",
        "X-Forwarded-Proto: https\r\nX-Forwarded-Proto: https",
        "X-Forwarded-Host: ",
        "X-Forwarded-Host: cache.example, cache.example",
        "X-Forwarded-Host: cache.example/",
        "X-Forwarded-Host: cache.example:99999",
        "X-Forwarded-Host: cache.example\r\nX-Forwarded-Host: cache.example"
      })
  void aTrustedProxyMustBeClear(String header) {
    String answer = send(trusting, HOST, header);
    assertStatus(400, answer);
    assertTrue(answer.contains(header.substring(0, header.indexOf(':'))), answer);
  }

  @Test
  void aForwardedHostMustBeOurs() {
    assertStatus(200, send(trusting, HOST, "X-Forwarded-Host: Cache.Example:8443"));
    String foreign = send(trusting, HOST, "X-Forwarded-Host: rebound.evil.example");
    assertStatus(421, foreign);
    assertTrue(foreign.contains("X-Forwarded-Host"), foreign);
    assertTrue(foreign.contains("rebound.evil.example"), foreign);
    // A page with a rebound name can send any header from the machine of the proxy.
    assertStatus(
        421, send(trusting, "Host: rebound.evil.example", "X-Forwarded-Host: cache.example"));
  }

  @ParameterizedTest
  @CsvSource({
    "https, cache.example, https://cache.example, 200",
    "HTTPS, cache.example, https://cache.example:443, 200",
    "https, cache.example:8443, https://cache.example:8443, 200",
    "http, cache.example, http://cache.example, 200",
    "https, cache.example, http://cache.example, 403",
    "http, cache.example, https://cache.example, 403",
    "https, cache.example, http://cache.example:443, 403",
    "https, cache.example, https://cache.example:8443, 403",
    "https, cache.example:8443, https://cache.example, 403",
    "https, cache.example, https://localhost, 403",
    "https, cache.example, null, 403"
  })
  void anOriginIsComparedWithWhatTheBrowserAskedFor(
      String scheme, String host, String origin, int status) {
    assertStatus(
        status,
        send(
            trusting,
            HOST,
            "X-Forwarded-Proto: " + scheme,
            "X-Forwarded-Host: " + host,
            "Origin: " + origin));
  }

  @Test
  void aForwardedSchemeCountsForTheOwnHostToo() {
    String[] https = {"Host: cache.example", "X-Forwarded-Proto: https"};
    assertStatus(200, send(trusting, https[0], https[1], "Origin: https://cache.example"));
    assertStatus(403, send(trusting, https[0], https[1], "Origin: http://cache.example"));
    assertStatus(200, send(trusting, https[0], "Origin: http://cache.example"));
  }

  @Test
  void theSchemeOfATargetIsNotBelieved() {
    for (ApiClient client : List.of(start(""), trusting)) {
      String answer = client.raw(
          "GET https://cache.example/ HTTP/1.1\r\nHost: cache.example\r\nOrigin: http://cache.example\r\nConnection: close\r\n\r\n");
      assertStatus(200, answer);
      assertFalse(answer.contains("Strict-Transport-Security"), answer);
    }
  }

  @Test
  void aRefusalRepeatsLittle() {
    String answer = send(trusting, HOST, "X-Forwarded-For: " + "x".repeat(20_000));
    assertStatus(400, answer);
    assertEquals(-1, answer.indexOf("x".repeat(3_000)));
    assertFalse(answer.length() > 8_000, answer);
  }
}
