package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.testing.Certificates;

/** Targets that name a scheme, on a port with TLS: the connection alone counts. */
final class HttpsTargetTest extends JobsFixture {
  static {
    Certificates.issue("https-target", "-ext", "san=ip:127.0.0.1,dns:localhost");
  }

  @Override
  HttpSettings settings() {
    return new HttpSettings(
        "127.0.0.1",
        0,
        Set.of(),
        ProxySettings.NONE,
        Optional.of(new HttpsContext(Certificates.context("https-target"), false)));
  }

  private static String exchange(Socket socket, String origin) throws IOException {
    socket.setSoTimeout(60_000);
    socket
        .getOutputStream()
        .write("GET %s/api/cache/stats/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            .formatted(origin)
            .getBytes(StandardCharsets.US_ASCII));
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://localhost", "https://localhost", "HTTPS://localhost"})
  void plainRequestsAreNeverServed(String origin) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", api.port())) {
      String answer = exchange(socket, origin);
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
      assertTrue(answer.contains("write https:// instead of http://"), answer);
      assertTrue(answer.contains("Connection: close"), answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://localhost", "https://localhost"})
  void encryptedRequestsMayNameAnyScheme(String origin) throws IOException {
    try (Socket socket =
        Certificates.context("").getSocketFactory().createSocket("127.0.0.1", api.port())) {
      String answer = exchange(socket, origin);
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }
  }
}
