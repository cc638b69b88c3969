package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class SlowReadersTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Answers in two writes, so that the second finds out how long the first took. */
  private static String answer(SlowReaders readers, String type) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    readers.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        try (Blocker.Callback sent = Blocker.callback()) {
          Content.Sink.write(response, false, "first", sent);
          sent.block();
        }
        Content.Sink.write(response, true, "second", callback);
        return true;
      }
    });
    server.setHandler(readers);
    server.start();
    try (Socket socket = new Socket("127.0.0.1", connector.getLocalPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      server.stop();
    }
  }

  @Test
  void aSlowReaderIsDisconnected() throws Exception {
    String answer =
        answer(new SlowReaders(Long.MAX_VALUE / 2, Duration.ZERO, PATIENCE), "text/plain");
    assertFalse(answer.contains("second") || answer.endsWith("0\r\n\r\n"), answer);
  }

  @Test
  void noReaderIsSlowAtFirst() throws Exception {
    String answer =
        answer(new SlowReaders(Long.MAX_VALUE / 2, Duration.ofMinutes(1), PATIENCE), "text/plain");
    assertTrue(answer.contains("second"), answer);
  }

  @Test
  void eventStreamsMayBeSlow() throws Exception {
    String answer =
        answer(new SlowReaders(Long.MAX_VALUE / 2, Duration.ZERO, PATIENCE), "text/event-stream");
    assertTrue(answer.contains("second"), answer);
  }
}
