package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.domain.testing.Certificates;

/** The API over TLS, with both versions of HTTP. */
final class HttpsTest extends JobsFixture {
  private static final String NAMES = "san=ip:127.0.0.1,dns:localhost";
  private static final int ENHANCE_YOUR_CALM = 11;

  static {
    for (String name : List.of("https-one", "https-two", "https-client")) {
      Certificates.issue(name, "-ext", NAMES);
    }
  }

  private HttpsContext https;

  @Override
  HttpSettings settings() {
    https = new HttpsContext(Certificates.context("https-one"), true);
    return new HttpSettings(
        "127.0.0.1", 0, Set.of("cache.example"), ProxySettings.NONE, Optional.of(https));
  }

  private HttpClient http(Version version) {
    return HttpClient.newBuilder()
        .version(version)
        .sslContext(Certificates.context(""))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("https://127.0.0.1:" + api.port() + ApiClient.absolute(path)))
        .timeout(Duration.ofSeconds(60));
  }

  private HttpResponse<String> get(Version version, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request = request(path);
    return http(version)
        .send(
            (headers.length == 0 ? request : request.headers(headers)).build(),
            BodyHandlers.ofString());
  }

  private SSLSocket connect(String certificate, String... protocols) throws IOException {
    SSLSocket socket = (SSLSocket)
        Certificates.context(certificate).getSocketFactory().createSocket("127.0.0.1", api.port());
    socket.setSoTimeout(60_000);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    socket.setSSLParameters(parameters);
    if (protocols.length > 0) {
      socket.setEnabledProtocols(protocols);
    }
    return socket;
  }

  /** The name in the server's certificate. */
  private String shown(SSLSocket socket) throws IOException {
    socket.startHandshake();
    X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    return shown.getSubjectX500Principal().getName();
  }

  private static String exchange(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET /api/cache/stats/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void bothVersionsOfHttpWork(Version version) throws Exception {
    HttpResponse<String> answer = get(version, "/stats/");
    assertEquals(200, answer.statusCode(), answer::body);
    assertEquals(version, answer.version());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void newVersionsOfTlsAreAccepted(String version) throws IOException {
    try (SSLSocket socket = connect("", version)) {
      socket.startHandshake();
      assertEquals(version, socket.getSession().getProtocol());
      assertEquals("http/1.1", socket.getApplicationProtocol());
      assertTrue(socket.getSession().getCipherSuite().matches(".*(GCM_SHA\\d+|POLY1305_SHA256)"));
    }
  }

  @Test
  void weakSuitesAreRefused() throws IOException {
    try (SSLSocket socket = connect("", "TLSv1.2")) {
      socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
      assertThrows(SSLHandshakeException.class, socket::startHandshake);
    }
  }

  /** Its client hello alone, since the JDK no longer sends one. */
  @Test
  void oldVersionsOfTlsAreRefused() throws IOException {
    ByteBuffer hello = ByteBuffer.allocate(50);
    hello.put((byte) 22).putShort((short) 0x0301).putShort((short) 45);
    hello.put((byte) 1).put((byte) 0).putShort((short) 41).putShort((short) 0x0302);
    hello.put(new byte[32]).put((byte) 0).putShort((short) 2).putShort((short) 0xc013);
    hello.put((byte) 1).put((byte) 0);
    try (Socket socket = new Socket("127.0.0.1", api.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(hello.array());
      byte[] alert = socket.getInputStream().readNBytes(7);
      // An alert, fatal, protocol_version.
      assertArrayEquals(new byte[] {21, 2, 70}, new byte[] {alert[0], alert[5], alert[6]});
    }
  }

  @Test
  void plainRequestsAreAnsweredWithAdvice() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", api.port())) {
      socket.setSoTimeout(60_000);
      String answer = exchange(socket);
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
      assertTrue(answer.contains("write https:// instead of http://"), answer);
      assertTrue(answer.contains("Connection: close"), answer);
    }
  }

  @Test
  void newConnectionsGetANewCertificate() throws IOException {
    try (SSLSocket before = connect("")) {
      assertEquals("CN=https-one", shown(before));
      https.replace(Certificates.context("https-two"));
      try (SSLSocket after = connect("")) {
        assertEquals("CN=https-two", shown(after));
      }
      assertTrue(exchange(before).startsWith("HTTP/1.1 200 "));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void onlyValidClientCertificatesAreAccepted(String version) throws IOException {
    Certificates.issue("https-expired", "-startdate", "-10d", "-validity", "5");
    for (String certificate : List.of("", "https-client")) {
      try (SSLSocket accepted = connect(certificate, version)) {
        assertTrue(exchange(accepted).startsWith("HTTP/1.1 200 "));
      }
    }
    try (SSLSocket expired = connect("https-expired", version)) {
      // TLS 1.3 reports it with the first answer.
      assertThrows(IOException.class, () -> exchange(expired));
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void ownOriginsHaveTheScheme(Version version) throws Exception {
    String port = ":" + api.port();
    assertEquals(
        200, get(version, "/stats/", "Origin", "https://127.0.0.1" + port).statusCode());
    assertEquals(
        403, get(version, "/stats/", "Origin", "http://127.0.0.1" + port).statusCode());
    assertEquals(403, get(version, "/stats/", "Origin", "https://127.0.0.1").statusCode());
  }

  @Test
  void theStandardPortMayBeLeftOut() throws Exception {
    String[] standard = {"Host", "cache.example", "Origin", "https://cache.example:443"};
    assertEquals(200, get(Version.HTTP_1_1, "/stats/", standard).statusCode());
    String[] other = {"Host", "cache.example", "Origin", "https://cache.example:444"};
    assertEquals(403, get(Version.HTTP_1_1, "/stats/", other).statusCode());
  }

  @ParameterizedTest
  @CsvSource({"cache.example,max-age=31536000", "localhost,''", "127.0.0.1,''"})
  void onlyNamesAreBoundToHttps(String host, String expected) throws Exception {
    HttpResponse<String> answer = get(Version.HTTP_1_1, "/stats/", "Host", host);
    assertEquals(200, answer.statusCode(), answer::body);
    assertEquals(
        expected, answer.headers().firstValue("strict-transport-security").orElse(""));
  }

  @Test
  void hostsOfHttp2AreChecked() throws Exception {
    HttpResponse<String> answer = get(Version.HTTP_2, "/stats/", "Host", "foreign.example");
    assertTrue(List.of(400, 421).contains(answer.statusCode()), answer::body);
  }

  @Test
  void bodiesWithoutLengthAreCollectedOverHttp2() throws Exception {
    BodyPublisher unsized =
        BodyPublishers.fromPublisher(BodyPublishers.ofString("{\"value\": 1, \"timeout\": 60}"));
    HttpResponse<String> answer = http(Version.HTTP_2)
        .send(
            request("/key/a/")
                .header("Content-Type", "application/json")
                .POST(unsized)
                .build(),
            BodyHandlers.ofString());
    assertEquals(201, answer.statusCode(), answer::body);
    assertEquals(200, get(Version.HTTP_2, "/key/a/").statusCode());
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void largeBodiesArriveWhole(Version version) throws Exception {
    String value = "x".repeat(900_000);
    HttpResponse<String> stored = http(version)
        .send(
            request("/key/large/")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"value\": \"%s\"}".formatted(value)))
                .build(),
            BodyHandlers.ofString());
    assertEquals(201, stored.statusCode(), stored::body);
    HttpResponse<String> fetched = get(version, "/key/large/");
    assertTrue(fetched.body().contains(value));
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void tooLargeBodiesAreRejected(Version version) throws Exception {
    HttpResponse<String> answer = http(version)
        .send(
            request("/pattern/manage/")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[3 * 1024 * 1024]))
                .build(),
            BodyHandlers.ofString());
    assertEquals(413, answer.statusCode(), answer::body);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void eventsAreStreamed(Version version) throws Exception {
    holdAt("bulk read");
    HttpClient client = http(version);
    String path = client
        .send(
            request("/?async=true").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString())
        .headers()
        .firstValue("location")
        .orElseThrow();
    await(reached);
    HttpResponse<Stream<String>> events =
        client.send(request(path + "events").build(), BodyHandlers.ofLines());
    Iterator<String> lines = events.body().iterator();
    assertEquals("event: progress", lines.next());
    released.countDown();
    String last = "";
    while (lines.hasNext()) {
      String line = lines.next();
      last = line.startsWith("event: ") ? line : last;
    }
    assertEquals("event: done", last);
  }

  @Test
  void rapidResetsEndTheConnection() throws Exception {
    assertEquals(ENHANCE_YOUR_CALM, errorAfter((connection, i) -> {
      connection.add(
          Http2Connection.HEADERS,
          Http2Connection.END_HEADERS | Http2Connection.END_STREAM,
          2 * i + 1,
          Http2Connection.get("/api/cache/stats/"));
      connection.add(Http2Connection.RST_STREAM, 0, 2 * i + 1, new byte[] {0, 0, 0, 8});
    }));
    assertEquals(200, get(Version.HTTP_2, "/stats/").statusCode());
  }

  @Test
  void floodsOfSettingsEndTheConnection() throws Exception {
    assertEquals(
        ENHANCE_YOUR_CALM,
        errorAfter((connection, i) -> connection.add(Http2Connection.SETTINGS, 0, 0, new byte[0])));
  }

  @Test
  void floodsOfPingsEndTheConnection() throws Exception {
    assertEquals(
        ENHANCE_YOUR_CALM,
        errorAfter((connection, i) -> connection.add(Http2Connection.PING, 0, 0, new byte[8])));
  }

  @Test
  void floodsOfContinuationsEndTheConnection() throws Exception {
    assertEquals(
        ENHANCE_YOUR_CALM,
        errorAfter((connection, i) -> connection.add(
            i == 0 ? Http2Connection.HEADERS : Http2Connection.CONTINUATION,
            0,
            1,
            i == 0 ? Http2Connection.get("/api/cache/stats/") : new byte[0])));
  }

  private interface Frames {
    void add(Http2Connection connection, int index);
  }

  /** Sends more frames at once than a second allows; returns the error that ends the connection. */
  private int errorAfter(Frames frames) throws IOException {
    try (Http2Connection connection = new Http2Connection(api.port(), Certificates.context(""))) {
      for (int i = 0; i < 150; i++) {
        frames.add(connection, i);
      }
      connection.send();
      return connection.errorAtEnd();
    }
  }
}
