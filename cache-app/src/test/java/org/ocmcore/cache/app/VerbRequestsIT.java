package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.http.ApiClient;
import org.ocmcore.cache.adapter.http.ApiDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a verb asks a service, the OpenAPI document describes. A proxy between them looks. */
class VerbRequestsIT {
  @TempDir
  private Path folder;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<String> asked = new ConcurrentSkipListSet<>();
  private final Set<String> faults = new ConcurrentSkipListSet<>();
  private RunningService service;
  private ApiDocument document;
  private HttpServer proxy;

  @BeforeEach
  void start() throws IOException {
    service = RunningService.start(StoreKind.MEMORY, "development", Map.of());
    document = service.client().document();
    proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.setExecutor(threads);
    proxy.createContext("/", this::pass);
    proxy.start();
  }

  @AfterEach
  void stop() {
    proxy.stop(0);
    threads.shutdownNow();
    service.close();
  }

  private void pass(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    URI uri = exchange.getRequestURI();
    String method = exchange.getRequestMethod();
    asked.add(method + " " + document.template(method, uri.getRawPath()).orElse("?"));
    try {
      JsonNode json = JsonMapper.shared().readTree(body.length == 0 ? "{}".getBytes() : body);
      document.checkRequest(method, uri.getRawPath(), ApiDocument.query(uri.getRawQuery()), json);
    } catch (AssertionError e) {
      faults.add(e.getMessage());
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url() + uri))
        .method(method, BodyPublishers.ofByteArray(body));
    for (String name : List.of("Content-Type", "If-Match", "If-None-Match")) {
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

  private void execute(String line) {
    TypedCommand command = new TypedCommand()
        .with("CACHE_URL", "http://127.0.0.1:" + proxy.getAddress().getPort());
    assertEquals(0, command.execute(line.split(" ")), () -> line + ": " + command.err());
  }

  @Test
  void everyRequestOfEveryVerbIsDescribed() {
    execute("set user:1 v --ttl 10m");
    execute("set user:2 v --add --flags 16");
    execute("set user:2 w --replace");
    ApiClient api = service.client();
    String dump = api.send("POST", "/", "{}").expect(200).text("name");
    String job = api.get("/jobs/").expect(200).text("/jobs/0/id");
    for (String line : List.of(
        "get user:1",
        "get user:1 --meta",
        "get user:1 --decode auto",
        "keys",
        "keys --sort size --limit 1",
        "keys ^user: --prefix user: --app user --min-size 1 --max-size 1000000",
        "keys --ttl-below 1d --ttl-above 1s --idle-below 1d --never-fetched",
        "tree user: --sort name",
        "stats",
        "check",
        "analyze",
        "touch user:1 --ttl 1h",
        "touch --prefix user: --ttl 1h --jitter 0.1 --yes --max-keys 9",
        "rm user:1",
        "rm --min-size 1 --max-size 1m --ttl-below 1d --idle-below 1d --dry-run",
        "rm --no-ttl --never-fetched --dry-run",
        "rm --prefix user: --yes --max-keys 9 --rate 100",
        "dumps ls",
        "diff " + dump + " --limit 5",
        "dumps get " + dump + " -f " + folder.resolve("copy"),
        "jobs ls",
        "jobs show " + job,
        "jobs follow " + job,
        "jobs cancel " + job,
        "tail --for 1s --kind stored",
        "dumps rm " + dump + " --yes",
        "flush --yes --max-keys 10")) {
      execute(line);
    }
    assertEquals(Set.of(), faults);
    Set<String> operations = new TreeSet<>(asked);
    assertTrue(operations.size() >= 20, () -> operations.toString());
  }
}
