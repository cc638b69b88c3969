package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Sends requests over HTTP/1.1, each on a connection of its own, by Java's first client: the second
 * one takes longer to start than a verb may take (ADR 45). An interrupt ends no request. Safe for
 * use by any number of threads.
 */
final class HttpSender {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int NO_HTTP = -1;
  private static final int NO_CONTENT = 204;
  private static final int FAILURES = 400;
  private static final String CHUNKED = "chunked";

  static {
    // Nothing waits for what is left of an answer that nobody reads.
    System.setProperty("http.keepAlive", "false");
    // What has no key of its own is never sent twice.
    System.setProperty("sun.net.http.retryPost", "false");
    // No service gets a Kerberos ticket of the user, whatever it asks for.
    System.setProperty("javax.security.auth.useSubjectCredsOnly", "true");
  }

  private final String service;

  /** @param service how messages call what is asked */
  HttpSender(String service) {
    this.service = service;
  }

  /**
   * Sends a request, and returns when the head of its answer is there.
   *
   * @param patience how long the service may say nothing, also while the content is read
   * @throws RequestProblem if there is no answer
   */
  RestAnswer send(
      String method,
      URI address,
      Map<String, String> headers,
      Optional<String> content,
      Duration patience) {
    HttpURLConnection connection;
    try {
      connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setRequestMethod(method);
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout(millis(CONNECT));
      connection.setReadTimeout(millis(patience));
      headers.forEach(connection::setRequestProperty);
      connection.setRequestProperty("Accept", "*/*");
      connection.setDoOutput(content.isPresent());
      connection.connect();
    } catch (IOException e) {
      throw RequestProblem.unsent(message(e, patience));
    }
    try {
      if (content.isPresent()) {
        try (OutputStream out = connection.getOutputStream()) {
          out.write(content.get().getBytes(StandardCharsets.UTF_8));
        }
      }
      return answer(connection, patience);
    } catch (IOException e) {
      throw RequestProblem.unreachable(message(e, patience));
    }
  }

  private String message(IOException failure, Duration patience) {
    return "%s does not answer: %s".formatted(service, reason(failure, patience));
  }

  private static int millis(Duration time) {
    return (int) Math.min(Integer.MAX_VALUE, time.toMillis());
  }

  private RestAnswer answer(HttpURLConnection connection, Duration patience) throws IOException {
    int status = connection.getResponseCode();
    if (status == NO_HTTP) {
      connection.disconnect();
      throw new IOException(
          "what listens there does not speak HTTP; --url is for a service of Cache App, and --servers for memcached");
    }
    InputStream content =
        status < FAILURES ? connection.getInputStream() : connection.getErrorStream();
    String type = connection.getContentType();
    String coding = connection.getHeaderField("Transfer-Encoding");
    boolean isChunked = CHUNKED.equalsIgnoreCase(coding);
    long length = isChunked ? -1 : connection.getContentLengthLong();
    boolean hasEnd = isChunked || coding == null && length >= 0;
    return new RestAnswer(
        status,
        type == null ? "nothing" : type,
        hasEnd && connection.getContentEncoding() == null,
        content == null
            ? InputStream.nullInputStream()
            : new RestContent(content, hasContent(status) ? length : -1, patience));
  }

  private static boolean hasContent(int status) {
    return status != NO_CONTENT && status != HttpURLConnection.HTTP_NOT_MODIFIED;
  }

  /** Java has no kinds for some failures, only words. */
  private static String reason(IOException failure, Duration patience) {
    String words = String.valueOf(failure.getMessage());
    if (failure instanceof SocketTimeoutException) {
      return words.equalsIgnoreCase("connect timed out")
          ? "no connection within " + Durations.text(CONNECT.toSeconds())
          : RestContent.silence(patience);
    }
    if (failure instanceof UnknownHostException) {
      return "there is no host of this name";
    }
    if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
      return "no connection; nothing listens there, or it cannot be reached";
    }
    if (words.contains("end of file")) {
      return "it closed the connection without an answer; does the address begin with https:// instead?";
    }
    if (words.contains("SSL message")) {
      return "what listens there does not speak TLS; does the address begin with http:// instead?";
    }
    return words;
  }
}
