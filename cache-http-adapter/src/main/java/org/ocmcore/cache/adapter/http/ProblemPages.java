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
    int status = Math.max(400, response.getStatus());
    Problem problem = status < 500
        ? new Problem(
            Kind.BAD_REQUEST, "the request cannot be read: " + request.getAttribute(ERROR_MESSAGE))
        : Problems.internal(request.getMethod() + " " + request.getHttpURI().getPath(), (Throwable)
            request.getAttribute(ERROR_EXCEPTION));
    response.setStatus(problem.kind().status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    byte[] body = json.writeValueAsBytes(
        problem.members(String.valueOf(request.getHttpURI().getPath())));
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
