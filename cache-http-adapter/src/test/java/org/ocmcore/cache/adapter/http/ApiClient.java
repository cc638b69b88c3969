package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the API for tests, with assertions about the answers. For any number of threads. */
public final class ApiClient {
  public static final String BASE = HttpApi.BASE;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Of the first service that was asked; all have the same, but for their base paths. */
  private static final AtomicReference<ApiDocument> DOCUMENT = new AtomicReference<>();

  /** What was asked, by the ids of the answers: no answer comes twice. */
  private final Map<String, String> answered = new ConcurrentHashMap<>();

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final Optional<String> token;

  public ApiClient(int port) {
    this(port, Optional.empty());
  }

  private ApiClient(int port, Optional<String> token) {
    this.port = port;
    this.token = token;
  }

  /** A client of the same service that sends this token. */
  public ApiClient with(String secret) {
    return new ApiClient(port, Optional.of(secret));
  }

  private HttpRequest.Builder request(String path) {
    return request(uri(path));
  }

  private HttpRequest.Builder request(URI uri) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  /** An answer; its body is parsed when there is one. */
  public record Reply(int status, HttpResponse<byte[]> response, JsonNode json) {
    public Reply expect(int expected) {
      assertEquals(expected, status, () -> String.valueOf(json));
      return this;
    }

    /** @param field a name, or a JSON pointer (RFC 6901), which begins with a slash */
    public JsonNode at(String field) {
      JsonNode node = json.at(field.startsWith("/") ? field : "/" + field);
      assertFalse(node.isMissingNode(), () -> field + " is not in " + json);
      return node;
    }

    public String text(String field) {
      return at(field).stringValue();
    }

    public long number(String field) {
      return at(field).longValue();
    }

    public List<String> texts(String field) {
      List<String> texts = new ArrayList<>();
      at(field).forEach(node -> texts.add(node.stringValue()));
      return texts;
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** Checks that this is a problem in the form that all have. */
    public Reply expectProblem(int expected, String type) {
      expect(expected);
      assertEquals("application/problem+json", header("content-type"));
      assertEquals("urn:cache-app:problem:" + type, text("type"));
      assertEquals(expected, number("status"));
      assertEquals(text("title"), text("error"));
      assertFalse(text("title").isEmpty());
      assertFalse(text("detail").isEmpty());
      assertTrue(text("instance").startsWith("/"), () -> text("instance"));
      String all = json.toString();
      assertFalse(
          all.contains("Exception") || all.contains("org.ocmcore") || all.contains(".java"), all);
      return this;
    }
  }

  public Reply get(String path) {
    return send("GET", path, null, null);
  }

  public Reply delete(String path) {
    return send("DELETE", path, null, null);
  }

  public Reply send(String method, String path, String json) {
    return send(method, path, json, "application/json");
  }

  public Reply send(String method, String path, String body, String contentType) {
    return exchangeWith(
        method,
        path,
        body,
        body == null || contentType == null ? Map.of() : Map.of("content-type", contentType));
  }

  /** The same to a path outside of the API. */
  public Reply outside(String method, String path) {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return exchangeWith(uri, method, path, null, Map.of());
  }

  /** Sends JSON, if any, with one more header. */
  public Reply sendWith(String header, String value, String method, String path, String json) {
    return exchangeWith(
        method,
        path,
        json,
        json == null
            ? Map.of(header, value)
            : Map.of(header, value, "content-type", "application/json"));
  }

  private Reply exchangeWith(String method, String path, String body, Map<String, String> headers) {
    return exchangeWith(uri(path), method, absolute(path), body, headers);
  }

  private Reply exchangeWith(
      URI uri, String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request = request(uri)
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return reply(method, path, exchange(request.build(), BodyHandlers.ofByteArray()));
  }

  /** What a GET of events is answered: the whole problem, or the head alone. */
  public Reply begin(String path) {
    try (HeadAlone head = new HeadAlone()) {
      return reply(
          "GET",
          absolute(path),
          exchange(
              request(path).build(),
              info -> info.statusCode() >= 400 ? BodySubscribers.ofByteArray() : head));
    }
  }

  private Reply reply(String method, String path, HttpResponse<byte[]> response) {
    JsonNode json = isJson(response) && response.body().length > 0
        ? JSON.readTree(response.body())
        : JSON.createObjectNode();
    requireOwn(method + " " + path, response);
    if (response.body().length > 0) {
      check(method, path, response, json);
    }
    return new Reply(response.statusCode(), response, json);
  }

  private void requireOwn(String request, HttpResponse<?> response) {
    response.headers().firstValue("X-Request-Id").ifPresent(id -> {
      String before = answered.put(id, request);
      assertNull(before, () -> request + " got the answer " + id + " to " + before);
    });
  }

  private void check(String method, String path, HttpResponse<?> response, JsonNode json) {
    String type = response.headers().firstValue("content-type").orElse("");
    if (type.endsWith("json") && !type.contains("ndjson")) {
      String plain = path.replaceAll("\\?.*", "");
      document().check(method, plain, response.statusCode(), type, json);
    }
  }

  /** The description of the API. */
  public ApiDocument document() {
    if (DOCUMENT.get() == null) {
      HttpRequest request = HttpRequest.newBuilder(
              URI.create("http://127.0.0.1:" + port + "/openapi.json"))
          .build();
      HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray());
      assertEquals(200, response.statusCode());
      DOCUMENT.compareAndSet(null, new ApiDocument(JSON.readTree(response.body())));
    }
    return DOCUMENT.get();
  }

  /** The lines of an answer, up to its end. */
  public List<String> lines(String path) {
    return exchange(request(path).build(), BodyHandlers.ofLines()).body().toList();
  }

  /** Follows the events of this path. */
  public EventFollower follow(String path) throws IOException {
    return new EventFollower(port, path, token);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + absolute(path));
  }

  /** A path with {@link #BASE} in front, unless it has that. */
  static String absolute(String path) {
    return (path.startsWith(BASE) ? "" : BASE) + path.replace("^", "%5E");
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean isJson(HttpResponse<?> response) {
    String type = response.headers().firstValue("content-type").orElse("application/json");
    return type.equals("application/json") || type.endsWith("+json");
  }

  /**
   * Sends a request as it is written, for what a well-behaved client would not send; returns all
   * that comes back.
   */
  public String raw(String request) {
    return raw(request, false);
  }

  /** The same, and nothing more will come. */
  public String rawThenEnd(String request) {
    return raw(request, true);
  }

  /** A connection on which nothing has been sent. */
  public Socket connect() throws IOException {
    return new Socket("127.0.0.1", port);
  }

  /** The same from another address of this machine, such as 127.0.0.2. */
  public Socket connectFrom(String address) throws IOException {
    return new Socket("127.0.0.1", port, InetAddress.getByName(address), 0);
  }

  private String raw(String request, boolean end) {
    try (Socket socket = connect()) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      if (end) {
        socket.shutdownOutput();
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stores JSON under a key. */
  public void put(String key, String json) {
    put(key, json, "3600");
  }

  public void put(String key, String json, String timeout) {
    send("POST", key(key), "{\"value\": %s, \"timeout\": %s}".formatted(json, timeout))
        .expect(201);
  }

  /** The path of a key. */
  public static String key(String key) {
    return "/key/" + encoded(key) + "/";
  }

  /** The path of keys that match. */
  public static String pattern(String pattern) {
    return "/pattern/?pattern=" + encoded(pattern);
  }

  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
