package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The API of a service. Every method throws {@link RequestProblem} if a request fails. */
final class RestClient {
  private static final String API = "/api/cache/";
  /** The kind of problem at another base path than that of the service, or of an older one. */
  private static final String NO_SUCH_PATH = ":no-such-path";

  private static final Set<String> DUMP_TYPES =
      Set.of("application/x-ndjson", "application/gzip", "application/zstd");

  private static final int SHOWN = 60;
  private static final int HUNDRED = 100;
  private static final int OK = 200;
  /** A service that has no news says so every two seconds. */
  private static final Duration LEAST_QUIET = Duration.ofSeconds(5);

  /** An answer takes several times its bytes while it is parsed. */
  private final int maxBytes =
      (int) Math.min(Integer.MAX_VALUE - 16, Runtime.getRuntime().maxMemory() / 8);

  private final HttpSender http;
  private final String base;
  private final Optional<String> token;
  private final Duration patience;
  private Optional<String> target = Optional.empty();

  /**
   * @param service its address, with or without the path of the API
   * @param patience how long the service may say nothing
   */
  RestClient(URI service, Optional<String> token, Duration patience) {
    this.patience = patience;
    String text = service.toString().replaceAll("/+$", "");
    base = text.endsWith("/api/cache") ? text + "/" : text + API;
    http = new HttpSender(base);
    this.token = token;
  }

  /** The address of the API. */
  String address() {
    return base;
  }

  /** Gets an answer. @param path below the API */
  <T> T get(String path, Map<String, String> parameters, Class<T> type) {
    return read(begin("GET", address(path, parameters), Map.of(), Optional.empty()), type);
  }

  /** Gets the bytes of a value. */
  byte[] bytes(String path, Map<String, String> parameters) {
    return await(begin("GET", address(path, parameters), Map.of(), Optional.empty()));
  }

  /** Gets an answer as a tree. */
  JsonNode get(String path, Map<String, String> parameters) {
    return get(path, parameters, JsonNode.class);
  }

  /**
   * Further changes are refused if the service has another target by then, such as other servers.
   */
  void changeOnly(String seen) {
    target = Optional.of(seen);
  }

  /** Sends a change. @param body becomes JSON */
  <T> T send(String method, String path, Map<String, ?> body, Class<T> type) {
    return send(method, path, Map.of(), body, type);
  }

  /** Sends a change with these headers. @param body becomes JSON */
  <T> T send(
      String method, String path, Map<String, String> headers, Map<String, ?> body, Class<T> type) {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Content-Type", "application/json");
    all.put("Idempotency-Key", newKey());
    target.ifPresent(seen -> all.put("Cache-Target", seen));
    Optional<String> content = Optional.of(JsonOutput.line(body));
    try {
      return read(begin(method, address(path, Map.of()), all, content), type);
    } catch (RequestProblem e) {
      boolean isTrial = Boolean.TRUE.equals(body.get("dry_run"));
      throw e.isUncertain() && !isTrial
          ? e.saying("; nobody knows whether it was done, so look before you try again")
          : e;
    }
  }

  /** What no other request of the caller has. A proxy may send a request again. */
  private static String newKey() {
    return ProcessHandle.current().pid() + "-" + System.currentTimeMillis() + "-"
        + System.nanoTime();
  }

  private <T> T read(Future<byte[]> answer, Class<T> type) {
    JsonOutput.prepare(type);
    byte[] json = await(answer);
    try {
      return JsonOutput.parse(json, type);
    } catch (JacksonException e) {
      throw RequestProblem.unreachable(
          "%s gave an answer that cannot be read; is this a service of Cache App?".formatted(base));
    }
  }

  /** A part of an answer. */
  static <T> T parse(JsonNode part, Class<T> type) {
    try {
      return JsonOutput.convert(part, type);
    } catch (JacksonException e) {
      throw RequestProblem.unreachable("the service gave an answer that cannot be read");
    }
  }

  /** The events of a stream, until it is closed. */
  ServerSentEvents events(String path, Map<String, String> parameters) {
    Duration limit = patience.compareTo(LEAST_QUIET) < 0 ? LEAST_QUIET : patience;
    return new ServerSentEvents(() -> stream(path, parameters, limit).body());
  }

  private RestAnswer stream(String path, Map<String, String> parameters, Duration limit) {
    RestAnswer answer = answer("GET", address(path, parameters), Map.of(), Optional.empty(), limit);
    if (answer.status() / HUNDRED == 2) {
      return answer;
    }
    throw problem(answer.status(), content(answer));
  }

  /**
   * The bytes of the file of a dump, to be closed. Also its reads throw {@link RequestProblem} if
   * they fail.
   */
  InputStream download(String path) throws IOException {
    RestAnswer answer = stream(path, Map.of(), patience);
    if (answer.status() != OK) {
      answer.body().close();
      throw RequestProblem.foreign(answer.status(), base);
    }
    InputStream file = new DownloadStream(answer.body());
    if (!DUMP_TYPES.contains(answer.type())) {
      file.close();
      throw RequestProblem.unreachable(
          "%s gave no dump but %s; is this a service of Cache App, without a page of a proxy before it?"
              .formatted(base, TerminalText.shortened(answer.type(), SHOWN)));
    }
    requireEnd(answer);
    return file;
  }

  /** The part of a path or a query that stands for this text. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** On a thread of its own: who waits for the answer can be interrupted, a request cannot. */
  private Future<byte[]> begin(
      String method, URI address, Map<String, String> headers, Optional<String> content) {
    FutureTask<byte[]> whole = new FutureTask<>(() -> {
      RestAnswer answer = answer(method, address, headers, content, patience);
      byte[] bytes = content(answer);
      if (answer.status() / HUNDRED != 2) {
        throw problem(answer.status(), bytes);
      }
      requireEnd(answer);
      return bytes;
    });
    Thread thread = new Thread(whole, "request");
    thread.setDaemon(true);
    thread.start();
    return whole;
  }

  private byte[] await(Future<byte[]> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RequestProblem.unreachable("interrupted while waiting for " + base);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  private RestAnswer answer(
      String method,
      URI address,
      Map<String, String> headers,
      Optional<String> content,
      Duration limit) {
    Map<String, String> all = new HashMap<>(headers);
    token.ifPresent(secret -> all.put("Authorization", "Bearer " + secret));
    return http.send(method, address, all, content, limit);
  }

  private byte[] content(RestAnswer answer) {
    try (InputStream body = answer.body()) {
      byte[] content = body.readNBytes(maxBytes);
      if (content.length == maxBytes) {
        throw RequestProblem.unreachable(
            "the answer of %s has more than %s, too much for the memory of this command (raise -Xmx)"
                .formatted(base, Formats.bytes(maxBytes)));
      }
      return content;
    } catch (IOException e) {
      throw RequestProblem.unreachable(
          "the answer of %s has ended early: %s".formatted(base, e.getMessage()));
    }
  }

  /** Else a part of the content looks whole. */
  private void requireEnd(RestAnswer answer) {
    if (!answer.hasEnd()) {
      throw RequestProblem.unreachable(
          "the answer of %s does not say where it ends, so it may be a part; is there a proxy on the way that changes it?"
              .formatted(base));
    }
  }

  private URI address(String path, Map<String, String> parameters) {
    String query = parameters.entrySet().stream()
        .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
        .collect(Collectors.joining("&"));
    return URI.create(base + path + (query.isEmpty() ? "" : "?" + query));
  }

  private RequestProblem problem(int status, byte[] body) {
    try {
      JsonNode problem = JsonOutput.parse(body, JsonNode.class);
      String type = problem.path("type").asString("");
      String detail = problem.path("detail").asString(problem.path("error").asString(""));
      if (!detail.isEmpty() && !type.endsWith(NO_SUCH_PATH)) {
        return RequestProblem.of(
            status, type.substring(type.lastIndexOf(':') + 1), detail, problem);
      }
    } catch (JacksonException e) {
      // No answer of the service: something else listens there.
    }
    return RequestProblem.foreign(status, base);
  }
}
