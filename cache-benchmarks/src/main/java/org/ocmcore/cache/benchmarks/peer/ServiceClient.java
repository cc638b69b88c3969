package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A client of the REST API that reads each response to its end. A status other than 200, 201 and
 * 202 is an {@link IOException} that names it. For one thread.
 */
public final class ServiceClient {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final String base;
  private final Supplier<String> exit;

  /**
   * @param base {@code http://host:port/path/}
   * @param exit how the service ended, empty if it is alive; for messages when it does not answer
   */
  ServiceClient(String base, Supplier<String> exit) {
    this.base = base;
    this.exit = exit;
  }

  /** A text in the form that a query takes. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  public ServiceResponse get(String path) throws IOException {
    return send("GET", path, "");
  }

  public ServiceResponse put(String path, String json) throws IOException {
    return send("PUT", path, json);
  }

  /** @param json empty for a request without a body */
  public ServiceResponse post(String path, String json) throws IOException {
    return send("POST", path, json);
  }

  /** @param json empty for a request without a body */
  public ServiceResponse delete(String path, String json) throws IOException {
    return send("DELETE", path, json);
  }

  private ServiceResponse send(String method, String path, String json) throws IOException {
    try {
      return exchange(method, path, json);
    } catch (IOException e) {
      String status = exit.get();
      throw status.isEmpty()
          ? e
          : new IOException("%s %s: the service %s".formatted(method, path, status), e);
    }
  }

  private ServiceResponse exchange(String method, String path, String json) throws IOException {
    String request = method + " " + path;
    long start = System.nanoTime();
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(base + path).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setConnectTimeout((int) TIMEOUT.toMillis());
    connection.setReadTimeout((int) TIMEOUT.toMillis());
    if (!json.isEmpty()) {
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    }
    int status = connection.getResponseCode();
    if (status < 200 || status > 202) {
      String error = text(connection.getErrorStream()).strip();
      String detail = ServiceResponse.field(error, "detail").orElse(error);
      throw new IOException(
          "%s: status %d%s".formatted(request, status, detail.isEmpty() ? "" : ": " + detail));
    }
    String body = text(connection.getInputStream());
    return new ServiceResponse(request, (System.nanoTime() - start) / 1e9, body);
  }

  private static String text(InputStream stream) throws IOException {
    if (stream == null) {
      return "";
    }
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
