package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.testing.Certificates;

/** Requests that two readers could read in two ways, over TLS with both versions of HTTP. */
@Timeout(60)
final class RequestFramingTest extends JobsFixture {
  private static final String BODY = "{\"value\":1}";
  private static final String POST =
      "POST /api/cache/key/k/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n";

  static {
    Certificates.issue("framing", "-ext", "san=ip:127.0.0.1,dns:localhost");
  }

  @Override
  HttpSettings settings() {
    return new HttpSettings(
        "127.0.0.1",
        0,
        Set.of(),
        ProxySettings.NONE,
        Optional.of(new HttpsContext(Certificates.context("framing"), false)));
  }

  private String raw(String request) throws IOException {
    try (SSLSocket socket = (SSLSocket)
        Certificates.context("").getSocketFactory().createSocket("127.0.0.1", api.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The text of the answer to a request over HTTP/2. */
  private String exchange(String method, String body, String... headers) throws IOException {
    try (Http2Connection connection = new Http2Connection(api.port(), Certificates.context(""))) {
      int end = body.isEmpty() ? Http2Connection.END_STREAM : 0;
      connection.add(
          Http2Connection.HEADERS,
          Http2Connection.END_HEADERS | end,
          1,
          Http2Connection.request(method, "/api/cache/key/k/", headers));
      if (end == 0) {
        connection.add(
            Http2Connection.DATA,
            Http2Connection.END_STREAM,
            1,
            body.getBytes(StandardCharsets.US_ASCII));
      }
      connection.send();
      return new String(connection.next(Http2Connection.DATA), StandardCharsets.UTF_8);
    }
  }

  private void assertNothingStored() throws IOException {
    String answer =
        raw("GET /api/cache/key/k/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "identity, gzip", "x"})
  void compressedBodiesAreRefused(String coding) throws IOException {
    String answer = raw(POST + "Content-Encoding: " + coding + "\r\nContent-Length: "
        + BODY.length() + "\r\n\r\n" + BODY);
    assertTrue(answer.startsWith("HTTP/1.1 415 "), answer);
    assertTrue(answer.contains("Content-Encoding is \\\"" + coding), answer);
    String second =
        exchange("POST", BODY, "content-type", "application/json", "content-encoding", coding);
    assertTrue(second.contains("unsupported-media-type"), second);
  }

  @Test
  void bodiesThatSayTheyAreNotEncodedAreTaken() throws IOException {
    String answer = raw(POST + "Content-Encoding: Identity\r\nContent-Length: " + BODY.length()
        + "\r\n\r\n" + BODY);
    assertTrue(answer.startsWith("HTTP/1.1 201 "), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, chunked", "chunked, chunked", "identity"})
  void otherTransferCodingsAreRefused(String coding) throws IOException {
    String answer =
        raw(POST + "Transfer-Encoding: " + coding + "\r\n\r\nb\r\n" + BODY + "\r\n0\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertTrue(answer.contains("Connection: close"), answer);
    assertNothingStored();
  }

  @Test
  void chunksOfAnOldVersionAreRefused() throws IOException {
    String answer = raw(POST.replace("HTTP/1.1", "HTTP/1.0")
        + "Transfer-Encoding: chunked\r\n\r\nb\r\n" + BODY + "\r\n0\r\n\r\n");
    assertTrue(answer.contains(" 400 ") && answer.contains("needs HTTP/1.1"), answer);
    assertNothingStored();
  }

  @Test
  void linesNeedACarriageReturn() throws IOException {
    String[] lines = (POST + "Content-Length: " + BODY.length() + "\r\n\r\n").split("(?<=\n)");
    for (int i = 0; i < lines.length; i++) {
      String[] changed = lines.clone();
      changed[i] = lines[i].replace("\r", "");
      String answer = raw(String.join("", changed) + BODY);
      assertTrue(answer.startsWith("HTTP/1.1 400 "), "line " + i + " got " + answer);
    }
    assertNothingStored();
  }

  /** It made one thread ask for a body without end. */
  @Test
  void tunnelsOverHttp2AreRefused() throws IOException {
    String answer = exchange("CONNECT", "");
    assertTrue(answer.contains("the method is CONNECT"), answer);
    String open = exchange("CONNECT", BODY);
    assertTrue(open.contains("the method is CONNECT"), open);
  }

  @ParameterizedTest
  @CsvSource({
    "transfer-encoding, chunked",
    "keep-alive, 5",
    "proxy-connection, close",
    "upgrade, h2c",
    "content-length, -1",
    "content-length, +11"
  })
  void headersThatHttp2DoesNotHaveAreRefused(String name, String value) throws IOException {
    String answer = exchange("POST", BODY, "content-type", "application/json", name, value);
    assertTrue(answer.contains("problem:bad-request"), answer);
    assertTrue(answer.toLowerCase(Locale.ROOT).contains(name), answer);
    assertNothingStored();
  }

  @Test
  void aTrailerGivesNoLeave() throws IOException {
    String answer = raw(POST.replace("Content-Type: application/json\r\n", "")
        + "Transfer-Encoding: chunked\r\n\r\nb\r\n" + BODY
        + "\r\n0\r\nContent-Type: application/json\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 415 "), answer);
    assertNothingStored();
  }
}
