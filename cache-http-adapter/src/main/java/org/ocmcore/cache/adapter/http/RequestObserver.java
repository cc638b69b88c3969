package org.ocmcore.cache.adapter.http;

import jakarta.servlet.ServletRequest;
import java.time.Duration;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reports the end of every request that has a valid head. It runs before all other handlers, so
 * that it sees what they refuse.
 */
final class RequestObserver extends Handler.Wrapper {
  private static final String ATTRIBUTE = RequestObserver.class.getName();
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final RequestEvents events;
  private final String basePath;

  /** @param basePath the path that all others are below */
  RequestObserver(RequestEvents events, String basePath) {
    this.events = events;
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
    Request.addCompletionListener(request, failure -> report(request, response, findings, start));
    return super.handle(request, response, callback);
  }

  private void report(Request request, Response response, Findings findings, long start) {
    String route = findings.route;
    events.answered(
        METHODS.contains(request.getMethod()) ? request.getMethod() : "other",
        route.isEmpty() ? RequestEvents.NO_ROUTE : "/" + stripped(route),
        response.getStatus(),
        Duration.ofNanos(System.nanoTime() - start));
    if (findings.kind != null) {
      events.refused(findings.kind.slug());
    }
  }

  private String stripped(String route) {
    String path = route.substring(basePath.length());
    return path.startsWith("/") ? path.substring(1) : path;
  }
}
