package org.ocmcore.cache.app;

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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy on loopback that passes requests to services, and lets a test look at them. */
final class PassingProxy implements AutoCloseable {
  private static final List<String> HEADERS = List.of(
      "Authorization",
      "Cache-Target",
      "Content-Type",
      "Idempotency-Key",
      "If-Match",
      "If-None-Match");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpServer server;

  /** Sees each request before it is passed on. */
  interface Observer {
    void request(HttpExchange exchange, byte[] body);
  }

  PassingProxy() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  /** Passes what comes for a path on. @param service without a slash at the end */
  void pass(String path, String service, Observer observer) {
    server.createContext(path, exchange -> pass(exchange, service, observer));
  }

  /** Its address, without a slash at the end. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void pass(HttpExchange exchange, String service, Observer observer) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    observer.request(exchange, body);
    HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create(service + exchange.getRequestURI()))
        .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    for (String name : HEADERS) {
      exchange.getRequestHeaders().getOrDefault(name, List.of()).stream()
          .findFirst()
          .ifPresent(value -> request.header(name, value));
    }
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

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
