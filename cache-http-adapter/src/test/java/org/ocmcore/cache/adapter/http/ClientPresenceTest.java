package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.error.Cancelled;

@Timeout(60)
class ClientPresenceTest {
  private static final String GET = "GET /%s HTTP/1.1\r\nHost: x\r\nConnection: %s\r\n\r\n";

  private final Server server = new Server();

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  /** @param work executed for the first request; the others are answered at once */
  private Socket start(Duration headTime, Duration most, Consumer<Request> work) throws Exception {
    ClientConnector connector = new ClientConnector(
        server,
        new HttpSettings("127.0.0.1", 0),
        new TimedHttp1(new HttpConfiguration(), headTime));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setErrorHandler(new ProblemPages(Json.mapper()));
    server.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) {
        ClientPresence.watch(request, most);
        String path = request.getHttpURI().getPath();
        if (path.equals("/first")) {
          work.accept(request);
        }
        response.write(true, ByteBuffer.wrap(path.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
      }
    });
    server.start();
    Socket socket = new Socket("127.0.0.1", connector.getLocalPort());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void send(Socket socket, String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void poll(
      Request request, CountDownLatch begun, CompletableFuture<Throwable> end) {
    begun.countDown();
    try {
      while (true) {
        ClientPresence.of(request).requireWaiting();
        LockSupport.parkNanos(1_000_000);
      }
    } catch (RuntimeException e) {
      end.complete(e);
    }
  }

  @Test
  void aClientThatHasGoneIsNoticed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Socket socket =
        start(Duration.ofMinutes(1), Duration.ofMinutes(1), request -> poll(request, begun, end));
    send(socket, GET.formatted("first", "close"));
    begun.await();
    socket.close();
    assertInstanceOf(Cancelled.class, end.get());
  }

  @Test
  void aRequestHasATimeLimit() throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    try (Socket socket = start(
        Duration.ofMinutes(1),
        Duration.ZERO,
        request -> poll(request, new CountDownLatch(1), end))) {
      send(socket, GET.formatted("first", "close"));
      RequestRejected rejected = assertInstanceOf(RequestRejected.class, end.get());
      assertEquals(Kind.TOOK_TOO_LONG, rejected.problem().kind());
      assertEquals(0, rejected.problem().retryAfter());
    }
  }

  /** What arrives while the client is watched belongs to its next request. */
  @Test
  void thePipelinedRequestIsAnswered() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    Socket socket = start(Duration.ofMinutes(1), Duration.ofMinutes(1), request -> {
      begun.countDown();
      try {
        sent.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      ClientEndPoint connection =
          (ClientEndPoint) request.getConnectionMetaData().getConnection().getEndPoint();
      for (int i = 0; i < 20; i++) {
        assertEquals(false, connection.isGone());
        LockSupport.parkNanos(5_000_000);
      }
    });
    send(socket, GET.formatted("first", "keep-alive"));
    begun.await();
    send(socket, GET.formatted("second", "keep-alive") + GET.formatted("third", "close"));
    sent.countDown();
    String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(answers.contains("/first") && answers.contains("/second"), answers);
    assertTrue(answers.endsWith("/third"), answers);
  }

  @Test
  void aSlowHeadIsCutOff() throws Exception {
    try (Socket socket = start(Duration.ZERO, Duration.ofMinutes(1), request -> {})) {
      String head = GET.formatted("first", "a".repeat(10_000));
      for (int i = 0; socket.getInputStream().available() == 0; i++) {
        send(socket, head.substring(i, i + 1));
        LockSupport.parkNanos(1_000_000);
      }
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(
          answer.startsWith("HTTP/1.1 408") && answer.contains("problem:request-timeout"), answer);
    }
  }
}
