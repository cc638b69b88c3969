package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.error.Cancelled;
import org.ocmcore.cache.domain.testing.Certificates;

/** A client that leaves is noticed below TLS and in HTTP/2, too. */
@Timeout(60)
class EncryptedPresenceTest {
  private final Server server = new Server();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CompletableFuture<Throwable> end = new CompletableFuture<>();
  private int port;

  @BeforeEach
  void start() throws Exception {
    Certificates.issue("present-server", "-ext", "san=ip:127.0.0.1");
    HttpsContext https = new HttpsContext(Certificates.context("present-server"), false);
    HttpConfiguration http = new HttpConfiguration();
    http.addCustomizer(new SecureRequestCustomizer(false));
    ClientConnector connector = new ClientConnector(
        server, new HttpSettings("127.0.0.1", 0), HttpsConnector.protocols(https, http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) {
        ClientPresence.watch(request, Duration.ofMinutes(1));
        begun.countDown();
        try {
          while (true) {
            ClientPresence.of(request).requireWaiting();
            LockSupport.parkNanos(1_000_000);
          }
        } catch (RuntimeException e) {
          end.complete(e);
        }
        callback.succeeded();
        return true;
      }
    });
    server.start();
    port = connector.getLocalPort();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void aClosedConnectionIsNoticed() throws Exception {
    try (SSLSocket socket =
        (SSLSocket) Certificates.context("").getSocketFactory().createSocket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      begun.await();
    }
    assertInstanceOf(Cancelled.class, end.get());
  }

  private Http2Connection request() throws Exception {
    Http2Connection connection = new Http2Connection(port, Certificates.context(""));
    connection.add(
        Http2Connection.HEADERS,
        Http2Connection.END_HEADERS | Http2Connection.END_STREAM,
        1,
        Http2Connection.get("/"));
    connection.send();
    begun.await();
    return connection;
  }

  @Test
  void aCancelledRequestIsNoticed() throws Exception {
    try (Http2Connection connection = request()) {
      connection.add(Http2Connection.RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});
      connection.send();
      assertInstanceOf(Cancelled.class, end.get());
    }
  }

  @Test
  void aClosedConnectionOfHttp2IsNoticed() throws Exception {
    request().close();
    assertInstanceOf(Cancelled.class, end.get());
  }
}
