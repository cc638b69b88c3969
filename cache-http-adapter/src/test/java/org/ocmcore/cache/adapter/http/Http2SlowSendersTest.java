package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.testing.Certificates;

/** Senders of bodies over HTTP/2 that never end; only the limit of time ends them. */
@Timeout(60)
final class Http2SlowSendersTest {
  private static final int CAPACITY = 3 * 1024 * 1024;
  private static final byte[] ONE = {0, 0, 0, 1};
  private static final byte[] BYTE = {'{'};

  private final ByteBudget budget = new ByteBudget(CAPACITY, Duration.ZERO);
  private final AtomicInteger timedOut = new AtomicInteger();
  private final Server server = new Server();
  private final List<Http2Connection> connections = new ArrayList<>();
  private int port;

  private void start(Duration deadline) throws Exception {
    Certificates.issue("slow-senders", "-ext", "san=ip:127.0.0.1");
    HttpsContext https = new HttpsContext(Certificates.context("slow-senders"), false);
    ServerConnector connector =
        new ServerConnector(server, HttpsConnector.protocols(https, new HttpConfiguration()));
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(Duration.ofMinutes(10).toMillis());
    server.addConnector(connector);
    BodyCollector collector = new BodyCollector(
        budget, new BodyLimits(HttpApi.BASE, OptionalLong::empty, CAPACITY, CAPACITY), deadline);
    collector.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) {
        callback.succeeded();
        return true;
      }
    });
    server.setHandler(collector);
    server.setErrorHandler((request, response, callback) -> {
      if (response.getStatus() == HttpStatus.REQUEST_TIMEOUT_408) {
        timedOut.incrementAndGet();
      }
      response.write(true, null, callback);
      return true;
    });
    server.start();
    port = connector.getLocalPort();
  }

  @AfterEach
  void stop() throws Exception {
    for (Http2Connection connection : connections) {
      connection.close();
    }
    server.stop();
  }

  private Http2Connection connect() throws IOException {
    Http2Connection connection = new Http2Connection(port, Certificates.context(""));
    connections.add(connection);
    return connection;
  }

  private static void begin(Http2Connection connection, int stream) {
    connection.add(
        Http2Connection.HEADERS,
        Http2Connection.END_HEADERS,
        stream,
        Http2Connection.request("POST", "/"));
  }

  @Test
  void twoHundredSlowSendersEnd() throws Exception {
    int streams = HttpsConnector.MAX_STREAMS;
    start(Duration.ofSeconds(1));
    for (int i = 0; i < 2; i++) {
      Http2Connection connection = connect();
      for (int stream = 1; stream < 2 * streams; stream += 2) {
        begin(connection, stream);
        connection.add(Http2Connection.DATA, 0, stream, BYTE);
      }
      connection.send();
    }
    for (Http2Connection connection : connections) {
      for (int i = 0; i < streams; i++) {
        connection.next(Http2Connection.RST_STREAM);
      }
    }
    assertEquals(2 * streams, timedOut.get());
    while (budget.free() < CAPACITY) {
      Thread.onSpinWait();
    }
  }

  /** What keeps a stream from being idle, and is no body. */
  @Test
  void windowsAloneKeepNoRequest() throws Exception {
    start(Duration.ofMillis(300));
    Http2Connection connection = connect();
    begin(connection, 1);
    connection.add(Http2Connection.WINDOW_UPDATE, 0, 1, ONE);
    connection.send();
    connection.next(Http2Connection.RST_STREAM);
    assertEquals(1, timedOut.get());
  }

  @Test
  void aBodyAfterTheFirstWaitArrives() throws Exception {
    start(Duration.ofMinutes(1));
    Http2Connection connection = connect();
    begin(connection, 1);
    connection.add(Http2Connection.DATA, 0, 1, BYTE);
    connection.send();
    connection.add(
        Http2Connection.DATA,
        Http2Connection.END_STREAM,
        1,
        "}".getBytes(StandardCharsets.US_ASCII));
    connection.send();
    connection.next(Http2Connection.HEADERS);
    assertEquals(0, timedOut.get());
  }
}
