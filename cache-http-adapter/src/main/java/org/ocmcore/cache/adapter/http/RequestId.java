package org.ocmcore.cache.adapter.http;

import jakarta.servlet.ServletRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.slf4j.MDC;

/**
 * The id of a request, by which answers, log and audit log are found together. A client or proxy
 * may send one; what cannot be one is ignored, and another is made.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">traceparent</a>
 */
final class RequestId {
  /** The header that takes and returns it. */
  static final String HEADER = "X-Request-Id";

  private static final String TRACE_HEADER = "traceparent";
  private static final String ATTRIBUTE = RequestId.class.getName();
  private static final Pattern SENT = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  /** Version, trace id, parent id and flags. Later versions may have more behind that. */
  private static final Pattern TRACE = Pattern.compile(
      "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  private RequestId() {}

  /** Work for a request. */
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** The id of a request, which it keeps from the first call on. */
  static String of(Request request) {
    if (request.getAttribute(ATTRIBUTE) instanceof String known) {
      return known;
    }
    String id = of(request.getHeaders());
    request.setAttribute(ATTRIBUTE, id);
    return id;
  }

  /** The same for a request that has reached a route. */
  static String of(ServletRequest request) {
    return (String) request.getAttribute(ATTRIBUTE);
  }

  /** The id that these headers give, or else a new one. */
  static String of(HttpFields headers) {
    return single(headers, HEADER)
        .filter(id -> SENT.matcher(id).matches())
        .or(() -> single(headers, TRACE_HEADER).flatMap(RequestId::traceId))
        .orElseGet(RequestId::random);
  }

  private static Optional<String> single(HttpFields headers, String name) {
    List<String> values = headers.getValuesList(name);
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  private static Optional<String> traceId(String header) {
    Matcher trace = TRACE.matcher(header);
    boolean isKnown = trace.matches() && !(trace.group(1).equals("00") && trace.group(3) != null);
    return isKnown ? Optional.of(trace.group(2)) : Optional.empty();
  }

  private static String random() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }

  /** The id of the request that this thread works for; empty if it works for none. */
  static String current() {
    return Optional.ofNullable(MDC.get(HttpApi.REQUEST_ID)).orElse("");
  }

  /** Does the work; what it logs has this id. */
  static <T, E extends Exception> T logged(String id, Work<T, E> work) throws E {
    String outer = MDC.get(HttpApi.REQUEST_ID);
    MDC.put(HttpApi.REQUEST_ID, id);
    try {
      return work.run();
    } finally {
      if (outer == null) {
        MDC.remove(HttpApi.REQUEST_ID);
      } else {
        MDC.put(HttpApi.REQUEST_ID, outer);
      }
    }
  }
}
