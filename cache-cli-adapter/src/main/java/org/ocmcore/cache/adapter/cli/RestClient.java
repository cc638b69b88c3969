package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  /** A service that has no news says so every two seconds. */
  private static final Duration LEAST_QUIET = Duration.ofSeconds(5);

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** An answer takes several times its bytes while it is parsed. */
  private final int maxBytes =
      (int) Math.min(Integer.MAX_VALUE - 16, Runtime.getRuntime().maxMemory() / 8);

  private final HttpClient http;
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
    http = client(service.getScheme().equals("https"));
    String text = service.toString().replaceAll("/+$", "");
    base = text.endsWith("/api/cache") ? text + "/" : text + API;
    this.token = token;
  }

  private static HttpClient client(boolean isEncrypted) {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(CONNECT);
    if (isEncrypted) {
      return client.build();
    }
    return client
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(NoTls.context())
        .build();
  }

  /** The address of the API. */
  String address() {
    return base;
  }

  /** Gets an answer. @param path below the API */
  <T> T get(String path, Map<String, String> parameters, Class<T> type) {
    return parse(send(request("GET", path, parameters, Optional.empty()).build()), type);
  }

  /** Gets the bytes of a value. */
  byte[] bytes(String path, Map<String, String> parameters) {
    return send(request("GET", path, parameters, Optional.empty()).build());
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
    HttpRequest.Builder request =
        request(method, path, Map.of(), Optional.of(JsonOutput.line(body)));
    headers.forEach(request::header);
    target.ifPresent(seen -> request.header("Cache-Target", seen));
    request.header("Idempotency-Key", newKey());
    return parse(send(request.build()), type);
  }

  /** What no other request of the caller has. A proxy may send a request again. */
  private static String newKey() {
    return ProcessHandle.current().pid() + "-" + System.currentTimeMillis() + "-"
        + System.nanoTime();
  }

  private <T> T parse(byte[] answer, Class<T> type) {
    try {
      return JsonOutput.parse(answer, type);
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
    return new ServerSentEvents(() -> new PatientStream(stream(path, parameters).body(), limit));
  }

  private HttpResponse<InputStream> stream(String path, Map<String, String> parameters) {
    HttpResponse<InputStream> answer =
        answer(request("GET", path, parameters, Optional.empty()).build());
    if (answer.statusCode() / HUNDRED == 2) {
      return answer;
    }
    throw problem(answer.statusCode(), content(answer));
  }

  /**
   * The bytes of the file of a dump, to be closed. Also its reads throw {@link RequestProblem} if
   * they fail.
   */
  InputStream download(String path) throws IOException {
    HttpResponse<InputStream> answer = stream(path, Map.of());
    InputStream file = new DownloadStream(new PatientStream(answer.body(), patience));
    String type = answer.headers().firstValue("Content-Type").orElse("nothing");
    if (!DUMP_TYPES.contains(type)) {
      file.close();
      throw RequestProblem.unreachable(
          "%s gave no dump but %s; is this a service of Cache App, without a page of a proxy before it?"
              .formatted(base, TerminalText.shortened(type, SHOWN)));
    }
    return file;
  }

  /** The part of a path or a query that stands for this text. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private byte[] send(HttpRequest request) {
    HttpResponse<InputStream> answer = answer(request);
    byte[] content = content(answer);
    if (answer.statusCode() / HUNDRED != 2) {
      throw problem(answer.statusCode(), content);
    }
    return content;
  }

  private byte[] content(HttpResponse<InputStream> answer) {
    try (InputStream body = new PatientStream(answer.body(), patience)) {
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

  private HttpRequest.Builder request(
      String method, String path, Map<String, String> parameters, Optional<String> body) {
    String query = parameters.entrySet().stream()
        .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
        .collect(Collectors.joining("&"));
    BodyPublisher sent = body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody);
    HttpRequest.Builder request = HttpRequest.newBuilder(
            URI.create(base + path + (query.isEmpty() ? "" : "?" + query)))
        .method(method, sent)
        .timeout(patience);
    if (body.isPresent()) {
      request.header("Content-Type", "application/json");
    }
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  private HttpResponse<InputStream> answer(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (HttpConnectTimeoutException e) {
      throw RequestProblem.unreachable("%s does not answer: no connection within %s"
          .formatted(base, Durations.text(CONNECT.toSeconds())));
    } catch (HttpTimeoutException e) {
      throw RequestProblem.unreachable("%s does not answer: it said nothing for %s; see --timeout"
          .formatted(base, Durations.text(patience.toSeconds())));
    } catch (IOException e) {
      throw RequestProblem.unreachable("%s does not answer: %s".formatted(base, reason(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RequestProblem.unreachable("interrupted while waiting for " + base);
    }
  }

  /** Java has no kinds for some failures, only words. */
  private static String reason(IOException failure) {
    String words = String.valueOf(failure.getMessage());
    if (words.contains("received no bytes")) {
      return "it closed the connection without an answer; try again, and see whether the address begins with https://";
    }
    if (words.contains("header parser") || words.contains("status line")) {
      return "what listens there does not speak HTTP; --url is for a service of Cache App, and --servers for memcached";
    }
    if (words.contains("plaintext")) {
      return "what listens there does not speak TLS; does the address begin with http:// instead?";
    }
    if (failure.getMessage() != null) {
      return words;
    }
    return failure.getCause() != null
            && failure.getCause().getCause() instanceof UnresolvedAddressException
        ? "there is no host of this name"
        : "no connection; nothing listens there, or it cannot be reached";
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
