package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
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
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.testing.Certificates;

/** Bytes that never become a request keep no connection. */
@Timeout(60)
final class SlowHeadsTest {
  private static final Duration DEADLINE = Duration.ofMillis(400);
  private static final int PAUSE_MILLIS = 50;

  private final CountDownLatch released = new CountDownLatch(1);
  private final Server server = new Server();
  private int port;

  @BeforeEach
  void start() throws Exception {
    Certificates.issue("slow-heads", "-ext", "san=ip:127.0.0.1");
    HttpsContext https = new HttpsContext(Certificates.context("slow-heads"), false);
    ServerConnector connector = new ServerConnector(
        server, HttpsConnector.protocols(https, new HttpConfiguration(), DEADLINE));
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(Duration.ofMinutes(10).toMillis());
    server.addConnector(connector);
    server.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws InterruptedException {
        assertTrue(released.await(30, TimeUnit.SECONDS));
        response.write(true, null, callback);
        return true;
      }
    });
    server.start();
    port = connector.getLocalPort();
  }

  @AfterEach
  void stop() throws Exception {
    released.countDown();
    server.stop();
  }

  /** On a busy machine, a handshake may take longer than the deadline, which ends it. */
  private Http2Connection connect() throws IOException {
    SSLException refused = null;
    for (int i = 0; i < 20; i++) {
      try {
        return new Http2Connection(port, Certificates.context(""));
      } catch (SSLException e) {
        refused = e;
      }
    }
    throw refused;
  }

  /** Sends a frame now and then until the connection is closed. */
  private static void dripUntilClosed(Http2Connection connection, int type, int stream, int bytes)
      throws InterruptedException {
    CompletableFuture<Integer> end = CompletableFuture.supplyAsync(connection::errorAtEnd);
    try {
      while (!end.isDone()) {
        connection.add(type, 0, stream, new byte[bytes]);
        connection.send();
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (IOException closed) {
      end.join();
    }
  }

  @Test
  void continuationsAloneKeepNoConnection() throws Exception {
    try (Http2Connection connection = connect()) {
      connection.add(Http2Connection.HEADERS, 0, 1, Http2Connection.get("/"));
      dripUntilClosed(connection, Http2Connection.CONTINUATION, 1, 0);
    }
  }

  @Test
  void pingsAloneKeepNoConnection() throws Exception {
    try (Http2Connection connection = connect()) {
      dripUntilClosed(connection, Http2Connection.PING, 0, 8);
    }
  }

  @Test
  void aRequestUnderWayKeepsItsConnection() throws Exception {
    try (Http2Connection connection = connect()) {
      connection.add(
          Http2Connection.HEADERS,
          Http2Connection.END_HEADERS | Http2Connection.END_STREAM,
          1,
          Http2Connection.get("/"));
      connection.send();
      // Longer than the deadline and the looks after it.
      TimeUnit.MILLISECONDS.sleep(3 * DEADLINE.toMillis());
      released.countDown();
      connection.next(Http2Connection.HEADERS);
    }
  }

  @Test
  void aHandshakeHasADeadline() throws IOException {
    // The begin of a record with a client hello of 512 bytes.
    byte[] hello = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(hello);
      assertTrue(dripUntilClosed(socket).isEmpty());
    }
  }

  @Test
  void emptyLinesBeforeARequestHaveADeadline() throws IOException {
    // Not HTTPS, which needs no handshake and has the same parser.
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String answer = dripUntilClosed(socket);
      assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
    }
  }

  /** Sends an empty line now and then; returns what comes back. */
  private static String dripUntilClosed(Socket socket) throws IOException {
    socket.setSoTimeout(PAUSE_MILLIS);
    InputStream in = socket.getInputStream();
    StringBuilder answer = new StringBuilder();
    try {
      while (true) {
        try {
          if (answer.isEmpty()) {
            // Behind its answer the server reads no more, and a reset would take the answer away.
            socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
          }
          int next = in.read();
          if (next < 0) {
            return answer.toString();
          }
          answer.append((char) next);
        } catch (SocketTimeoutException none) {
          // Nothing has come yet.
        }
      }
    } catch (IOException closed) {
      return answer.toString();
    }
  }
}
