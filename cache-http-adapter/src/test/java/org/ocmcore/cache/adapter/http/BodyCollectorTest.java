package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class BodyCollectorTest {
  private static final int CAPACITY = 6 * 1024 * 1024;
  private static final int LEAST = 2 * 1024 * 1024;
  private static final int ITEM = 400_000;
  private static final int FOR_ITEM = 6 * ITEM + 4096;

  private OptionalLong largestItem = OptionalLong.of(ITEM);
  private long memory = CAPACITY / 2;
  private final ByteBudget budget = new ByteBudget(CAPACITY, Duration.ZERO);
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final List<Socket> sockets = new ArrayList<>();

  private void start(Duration deadline) throws Exception {
    BodyCollector collector = new BodyCollector(
        budget, new BodyLimits(HttpApi.BASE, () -> largestItem, LEAST, memory), deadline);
    collector.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) {
        byte[] body = (byte[]) request.getAttribute(BodyCollector.BODY);
        String reported = "body " + (body == null ? -1 : body.length) + " free " + budget.free();
        response.write(true, ByteBuffer.wrap(reported.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
      }
    });
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(collector);
    server.setErrorHandler(new ProblemPages(JsonMapper.builder().build()));
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.stop();
  }

  private Socket send(String method, String framing, byte[] body) throws IOException {
    return sendTo(method + " /", framing, body);
  }

  /** Sends a value, or the first of its bytes. */
  private Socket sendValue(String framing, int bytes) throws IOException {
    return sendTo("POST /api/cache/key/k/", framing, new byte[bytes]);
  }

  private Socket sendTo(String target, String framing, byte[] body) throws IOException {
    Socket socket = new Socket("127.0.0.1", connector.getLocalPort());
    sockets.add(socket);
    socket.setSoTimeout(20_000);
    OutputStream out = socket.getOutputStream();
    out.write((target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + framing + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII));
    try {
      out.write(body);
    } catch (SocketException e) {
      // A body that is refused by its head: the answer is there, and the test looks at it.
    }
    return socket;
  }

  private static String answer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** An answer may be read before what its request held is given back. */
  private void awaitAllFree() {
    while (budget.free() < CAPACITY) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aBodyArrivesComplete() throws Exception {
    start(Duration.ofMinutes(1));
    assertTrue(answer(send("POST", "Content-Length: 5000", new byte[5_000])).contains("body 5000"));
    String chunked = answer(send(
        "POST",
        "Transfer-Encoding: chunked",
        "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    assertTrue(chunked.contains("body 5 "), chunked);
    awaitAllFree();
  }

  @Test
  void bodiesOfGetRequestsAreIgnored() throws Exception {
    start(Duration.ofMinutes(1));
    for (String framing : List.of("Content-Length: 100000", "Transfer-Encoding: chunked")) {
      String answer = answer(send("GET", framing, new byte[0]));
      assertTrue(answer.contains("body -1"), answer);
    }
  }

  @Test
  void aSlowBodyIsRejected() throws Exception {
    start(Duration.ZERO);
    String answer = answer(send("POST", "Content-Length: 2", new byte[1]));
    assertTrue(
        answer.startsWith("HTTP/1.1 408") && answer.contains("problem:request-timeout"), answer);
    awaitAllFree();
  }

  /** Bytes that are no body: the extension of a chunk, and a trailer. */
  @ParameterizedTest
  @ValueSource(strings = {"1;a=", "1\r\na\r\n0\r\nX: "})
  void aBodyThatNeverEndsIsRejected(String begun) throws Exception {
    start(Duration.ofSeconds(1));
    Socket socket =
        send("POST", "Transfer-Encoding: chunked", begun.getBytes(StandardCharsets.US_ASCII));
    CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
      try {
        return answer(socket);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    try {
      while (!answer.isDone()) {
        socket.getOutputStream().write('a');
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (IOException closed) {
      // The answer says why.
    }
    assertTrue(answer.join().startsWith("HTTP/1.1 408"), answer.join());
    awaitAllFree();
  }

  @Test
  void aBodyOverTwoMebibytesIsRejected() throws Exception {
    start(Duration.ofMinutes(1));
    byte[] body = new byte[LEAST + 1];
    String answer = answer(send("POST", "Content-Length: " + body.length, body));
    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    awaitAllFree();
  }

  @Test
  void bodiesOverTheBudgetAreRejected() throws Exception {
    start(Duration.ofMinutes(1));
    byte[] begun = new byte[LEAST - 1];
    Socket first = send("POST", "Content-Length: " + LEAST, begun);
    while (budget.free() > CAPACITY - LEAST) {
      Thread.onSpinWait();
    }
    String second = answer(send("POST", "Content-Length: " + begun.length, begun));
    assertTrue(second.startsWith("HTTP/1.1 503") && second.contains("Retry-After: 1"), second);
    ByteBudget.Share other = budget.share(InetAddress.getByName("192.0.2.1"));
    assertTrue(other.tryTake(LEAST), "another address has room");
    other.close();
    first.getOutputStream().write(0);
    String answer = answer(first);
    assertTrue(answer.contains("body " + LEAST), answer);
    awaitAllFree();
  }

  @Test
  void theBodyOfAValueFollowsTheLargestItem() throws Exception {
    start(Duration.ofMinutes(1));
    String longest = answer(sendValue("Content-Length: " + FOR_ITEM, FOR_ITEM));
    assertTrue(longest.contains("body " + FOR_ITEM), longest);
    String longer = answer(sendValue("Content-Length: " + (FOR_ITEM + 1), FOR_ITEM + 1));
    assertTrue(longer.startsWith("HTTP/1.1 413"), longer);
    assertTrue(longer.contains("longer than " + FOR_ITEM), longer);
    assertTrue(longer.contains(ITEM + " bytes; memcached allows more with -I"), longer);
    awaitAllFree();
  }

  @Test
  void aChunkedBodyOfAValueHasTheSameLimit() throws Exception {
    start(Duration.ofMinutes(1));
    String answer = answer(sendTo(
        "POST /api/cache/key/",
        "Transfer-Encoding: chunked",
        (Integer.toHexString(FOR_ITEM + 1) + "\r\n" + "x".repeat(FOR_ITEM + 1))
            .getBytes(StandardCharsets.US_ASCII)));
    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    awaitAllFree();
  }

  @Test
  void aBodyIsLimitedByTheMemory() throws Exception {
    memory = 2_200_000;
    largestItem = OptionalLong.empty();
    start(Duration.ofMinutes(1));
    String longest = answer(sendValue("Content-Length: 2200000", 2_200_000));
    assertTrue(longest.contains("body 2200000"), longest);
    String longer = answer(sendValue("Content-Length: 2200001", 2_200_001));
    assertTrue(longer.startsWith("HTTP/1.1 413") && longer.contains("-Xmx"), longer);
  }

  @Test
  void aClientThatAsksBeforeItSendsIsAnswered() throws Exception {
    start(Duration.ofMinutes(1));
    String framing = "Expect: 100-continue\r\nContent-Length: " + (FOR_ITEM + 1);
    String answer = answer(sendValue(framing, 0));
    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
  }
}
