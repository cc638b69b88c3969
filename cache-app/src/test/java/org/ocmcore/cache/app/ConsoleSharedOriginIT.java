package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services behind one proxy, so that a browser takes them for one origin. */
class ConsoleSharedOriginIT {
  @TempDir
  private Path folder;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Queue<String> sentToSecond = new ConcurrentLinkedQueue<>();
  private RunningService first;
  private RunningService second;
  private HttpServer proxy;
  private String origin;

  @BeforeEach
  void start() throws IOException {
    String tokens = TokensOnDisk.write(folder, "boss operator").toString();
    first = start("/first", tokens);
    second = start("/second", tokens);
    proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.setExecutor(threads);
    proxy.createContext("/first/", exchange -> pass(exchange, first));
    proxy.createContext("/second/", exchange -> {
      sentToSecond.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
      pass(exchange, second);
    });
    proxy.start();
    origin = "http://127.0.0.1:" + proxy.getAddress().getPort();
  }

  private static RunningService start(String path, String tokens) {
    return RunningService.start(
        StoreKind.MEMORY,
        "production",
        Map.of("CACHE_HTTP_BASE_PATH", path, "CACHE_TOKENS_FILE", tokens));
  }

  @AfterEach
  void stop() {
    proxy.stop(0);
    threads.shutdownNow();
    first.close();
    second.close();
  }

  private void pass(HttpExchange exchange, RunningService service) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service.url() + exchange.getRequestURI()));
    exchange
        .getRequestHeaders()
        .getOrDefault("Authorization", List.of())
        .forEach(value -> request.header("Authorization", value));
    try (exchange) {
      HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
      answer
          .headers()
          .firstValue("content-type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(answer.statusCode(), 0);
      copy(answer.body(), exchange.getResponseBody());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends events on when they come. */
  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[8192];
    try (from) {
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        to.write(buffer, 0, count);
        to.flush();
      }
    }
  }

  @Test
  void theTokenOfOneServiceIsNotForTheOther() {
    try (ConsoleBrowser browser = ConsoleBrowser.start(origin)) {
      browser.openAddress(origin + "/first/console/#/keys");
      browser.signIn("boss");
      browser.awaitText("[data-state=empty]", "The cache is empty");
      browser.openAddress(origin + "/second/console/#/keys");
      browser.awaitText("dialog", "This service needs a token");
      assertTrue(sentToSecond.isEmpty(), sentToSecond::toString);
      browser.openAddress(origin + "/first/console/#/keys");
      browser.awaitText("[data-state=empty]", "The cache is empty");
      assertFalse(browser.has("dialog"), "signed in still");
    }
  }

  @Test
  void eachServiceHasAStreamOfChanges() {
    try (ConsoleBrowser browser = ConsoleBrowser.start(origin)) {
      for (String service : List.of("/first", "/second")) {
        browser.openTab();
        browser.openAddress(origin + service + "/console/#/changes");
        browser.signIn("boss");
        browser.await("return document.querySelector('.summary .live') !== null");
      }
    }
  }
}
