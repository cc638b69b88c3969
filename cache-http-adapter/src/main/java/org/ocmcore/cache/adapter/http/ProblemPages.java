package org.ocmcore.cache.adapter.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers what never reaches Javalin, such as a request line that cannot be parsed, in the form of
 * a problem.
 */
final class ProblemPages extends ErrorHandler {
  private final JsonMapper json;

  ProblemPages(JsonMapper json) {
    this.json = json;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = path(request);
    Problem problem = response.getStatus() < 500
        ? new Problem(
            Kind.BAD_REQUEST,
            "its first line or a header is malformed, or too long; a % must be followed by two hexadecimal digits, and not by 00")
        : Problems.internal(
            request.getMethod() + " " + path, (Throwable) request.getAttribute(ERROR_EXCEPTION));
    // Jetty takes back what was set before it failed.
    AnswerHeaders.put(response);
    write(problem, request, response, callback);
    return true;
  }

  /** Answers with this problem. */
  void write(Problem problem, Request request, Response response, Callback callback) {
    response.setStatus(problem.kind().status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    byte[] body = json.writeValueAsBytes(problem.members(path(request)));
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  /** Where no path could be read, Jetty names one of its own. */
  private static String path(Request request) {
    String path = request.getHttpURI().getPath();
    return path == null || path.equals("/badMessage") ? "/" : path;
  }
}
