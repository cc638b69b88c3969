package org.ocmcore.cache.adapter.http;

import jakarta.servlet.ServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives every request that has a valid head its id, and reports and logs its end. It runs before
 * all other handlers, so that it sees what they refuse.
 */
final class RequestObserver extends Handler.Wrapper {
  private static final String ATTRIBUTE = RequestObserver.class.getName();
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final Optional<RequestEvents> events;
  private final AccessLog accessLog;
  private final String basePath;

  /**
   * @param events receives the ends; empty if nobody wants them
   * @param basePath the path that all others are below
   */
  RequestObserver(Optional<RequestEvents> events, AccessLog accessLog, String basePath) {
    this.events = events;
    this.accessLog = accessLog;
    this.basePath = basePath;
  }

  /** What is found out about a request while it is handled. */
  private static final class Findings {
    private volatile String route = "";
    private volatile Kind kind;
  }

  /** Notes the route that answers a request. */
  static void noteRoute(ServletRequest request, String template) {
    if (request.getAttribute(ATTRIBUTE) instanceof Findings findings) {
      findings.route = template;
    }
  }

  /** Notes the problem that answers a request. */
  static void noteProblem(ServletRequest request, Kind kind) {
    if (request.getAttribute(ATTRIBUTE) instanceof Findings findings) {
      findings.kind = kind;
    }
  }

  /** The same for a request that reaches no route. */
  static void noteProblem(Request request, Kind kind) {
    if (request.getAttribute(ATTRIBUTE) instanceof Findings findings) {
      findings.kind = kind;
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Findings findings = new Findings();
    request.setAttribute(ATTRIBUTE, findings);
    long start = System.nanoTime();
    String id = RequestId.of(request);
    response.getHeaders().put(RequestId.HEADER, id);
    Request.addCompletionListener(
        request, failure -> report(request, response, findings, start, failure == null));
    return RequestId.logged(id, () -> super.handle(request, response, callback));
  }

  private void report(
      Request request, Response response, Findings findings, long start, boolean isWhole) {
    String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "other";
    String route =
        findings.route.isEmpty() ? RequestEvents.NO_ROUTE : "/" + stripped(findings.route);
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    events.ifPresent(receiver -> {
      receiver.answered(method, route, response.getStatus(), duration);
      if (findings.kind != null) {
        receiver.refused(findings.kind.slug());
      }
    });
    if (accessLog.wants(response.getStatus(), isWhole)) {
      RequestId.logged(RequestId.of(request), () -> {
        AccessLog.log(request, response, method, route, duration, isWhole);
        return null;
      });
    }
  }

  private String stripped(String route) {
    String path = route.substring(basePath.length());
    return path.startsWith("/") ? path.substring(1) : path;
  }
}
