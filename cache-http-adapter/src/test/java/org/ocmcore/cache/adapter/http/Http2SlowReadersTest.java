package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.testing.Certificates;

final class Http2SlowReadersTest {
  private static final byte[] NO_WINDOW = {0, 4, 0, 0, 0, 0};
  private static final byte[] CANCEL = {0, 0, 0, 8};

  @Test
  void anAnswerThatIsNotTakenIsCancelled() throws Exception {
    assertCancelled(
        new SlowReaders(Long.MAX_VALUE / 2, Duration.ofMillis(50), Duration.ofMinutes(10)),
        "application/json");
  }

  /** Its patience is its own: answers may be as slow as they like here. */
  @Test
  void anEventStreamThatIsNotTakenIsCancelled() throws Exception {
    assertCancelled(
        new SlowReaders(1, Duration.ofMinutes(10), Duration.ofMillis(50)), "text/event-stream");
  }

  private static void assertCancelled(SlowReaders readers, String type) throws Exception {
    Certificates.issue("slow-server", "-ext", "san=ip:127.0.0.1");
    HttpsContext https = new HttpsContext(Certificates.context("slow-server"), false);
    Server server = new Server();
    ServerConnector connector =
        new ServerConnector(server, HttpsConnector.protocols(https, new HttpConfiguration()));
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(Duration.ofMinutes(10).toMillis());
    server.addConnector(connector);
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    readers.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.write(
            true, ByteBuffer.allocate(1000), Callback.from(callback::succeeded, cause -> {
              callback.failed(cause);
              failure.complete(cause);
            }));
        return true;
      }
    });
    server.setHandler(readers);
    server.start();
    try (Http2Connection connection =
        new Http2Connection(connector.getLocalPort(), Certificates.context(""))) {
      connection.add(Http2Connection.SETTINGS, 0, 0, NO_WINDOW);
      connection.add(
          Http2Connection.HEADERS,
          Http2Connection.END_HEADERS | Http2Connection.END_STREAM,
          1,
          Http2Connection.get("/"));
      connection.send();
      assertArrayEquals(CANCEL, connection.next(Http2Connection.RST_STREAM));
      assertInstanceOf(IOException.class, failure.get(30, TimeUnit.SECONDS));
    } finally {
      server.stop();
    }
  }
}
