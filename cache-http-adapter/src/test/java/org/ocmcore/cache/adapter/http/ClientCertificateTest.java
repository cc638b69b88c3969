package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.domain.testing.Certificates;

final class ClientCertificateTest {
  private final Server server = new Server();
  private ServerConnector connector;
  private volatile Instant now = Instant.now();

  @BeforeEach
  void start() throws Exception {
    Certificates.issue("fingerprint-server", "-ext", "san=ip:127.0.0.1");
    HttpsContext https = new HttpsContext(Certificates.context("fingerprint-server"), true);
    connector =
        new ServerConnector(server, HttpsConnector.protocols(https, new HttpConfiguration()));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) {
        String answer = ClientCertificate.of(request, now)
            .map(ClientCertificate::fingerprint)
            .orElse("none");
        response.write(true, ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
      }
    });
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private String answer(String certificate, Version version) throws Exception {
    return answer(client(certificate, version));
  }

  private static HttpClient client(String certificate, Version version) {
    return HttpClient.newBuilder()
        .version(version)
        .sslContext(Certificates.context(certificate))
        .build();
  }

  private String answer(HttpClient client) throws Exception {
    URI address = URI.create("https://127.0.0.1:" + connector.getLocalPort() + "/");
    return client
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .body();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void theFingerprintIsThatOfTheWholeCertificate(Version version) throws Exception {
    Path file = Certificates.issue("fingerprint-client");
    try (InputStream in = Files.newInputStream(file)) {
      byte[] der =
          CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded();
      String expected =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
      assertEquals(expected, answer("fingerprint-client", version));
    }
  }

  /** Its connection is open, or it resumes its session: there is no handshake that refuses it. */
  @ParameterizedTest
  @EnumSource(Version.class)
  void aCertificateEndsUnderItsClient(Version version) throws Exception {
    Certificates.issue("ending-client");
    HttpClient client = client("ending-client", version);
    assertNotEquals("none", answer(client));
    now = now.plus(Duration.ofDays(100 * 365));
    assertEquals("none", answer(client));
  }

  @Test
  void clientsWithoutCertificateHaveNone() throws Exception {
    assertEquals("none", answer("", Version.HTTP_1_1));
  }
}
