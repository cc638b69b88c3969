package org.ocmcore.cache.benchmarks.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks the REST API and reads the whole answer, of which it keeps the two ends. For one thread. */
public final class ServiceClient {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int KEPT_BYTES = 1 << 20;

  private final String base;
  private final Fate fate;
  private final byte[] buffer = new byte[64 * 1024];

  /**
   * @param base {@code http://host:port/path/}
   * @param fate of the process behind it, told if it does not answer
   */
  ServiceClient(String base, Fate fate) {
    this.base = base;
    this.fate = fate;
  }

  /** How a process ended; empty if it runs. */
  @FunctionalInterface
  interface Fate {
    String tell() throws IOException;
  }

  /** A text without spaces as it stands in a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * Gets what is there.
   *
   * @throws IOException also if the status is none of 200, 201 and 202: it names the status
   */
  public ApiAnswer get(String path) throws IOException {
    return ask("GET", path, "");
  }

  /** Has something done, with an empty body; as {@link #get}. */
  public ApiAnswer post(String path) throws IOException {
    return ask("POST", path, "");
  }

  /** Has something done, as {@link #get}. */
  public ApiAnswer post(String path, String json) throws IOException {
    return ask("POST", path, json);
  }

  /** Has something done, with an empty body; as {@link #get}. */
  public ApiAnswer delete(String path) throws IOException {
    return ask("DELETE", path, "");
  }

  /** Has something done, as {@link #get}. */
  public ApiAnswer delete(String path, String json) throws IOException {
    return ask("DELETE", path, json);
  }

  /** Has something done, as {@link #get}. */
  public ApiAnswer put(String path, String json) throws IOException {
    return ask("PUT", path, json);
  }

  private ApiAnswer ask(String method, String path, String json) throws IOException {
    try {
      return answer(method, path, json);
    } catch (IOException e) {
      String end = fate.tell();
      throw end.isEmpty()
          ? e
          : new IOException("%s %s: the service %s".formatted(method, path, end), e);
    }
  }

  private ApiAnswer answer(String method, String path, String json) throws IOException {
    long start = System.nanoTime();
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(base + path).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setConnectTimeout((int) PATIENCE.toMillis());
    connection.setReadTimeout((int) PATIENCE.toMillis());
    if (!json.isEmpty()) {
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    }
    int status = connection.getResponseCode();
    if (status < 200 || status > 202) {
      throw refused(method + " " + path, status, connection.getErrorStream());
    }
    ByteArrayOutputStream begin = new ByteArrayOutputStream();
    byte[] end = {};
    long length = 0;
    try (InputStream body = connection.getInputStream()) {
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        length += count;
        if (begin.size() < KEPT_BYTES) {
          begin.write(buffer, 0, count);
        } else {
          end = ends(end, count);
        }
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new ApiAnswer(
        path,
        seconds,
        length,
        begin.toString(StandardCharsets.UTF_8) + new String(end, StandardCharsets.UTF_8));
  }

  /** The last bytes of what came before and of what is in the buffer. */
  private byte[] ends(byte[] before, int count) {
    int kept = 1_024;
    int fresh = Math.min(count, kept);
    int old = Math.min(before.length, kept - fresh);
    byte[] end = new byte[old + fresh];
    System.arraycopy(before, before.length - old, end, 0, old);
    System.arraycopy(buffer, count - fresh, end, old, fresh);
    return end;
  }

  private static IOException refused(String request, int status, InputStream error)
      throws IOException {
    String body =
        error == null ? "" : new String(error.readAllBytes(), StandardCharsets.UTF_8).strip();
    String detail = JsonText.field(body, "detail").orElse(body);
    return new IOException(
        "%s: status %d%s".formatted(request, status, detail.isEmpty() ? "" : ": " + detail));
  }
}
