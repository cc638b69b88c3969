package org.ocmcore.cache.adapter.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
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
    Throwable cause = (Throwable) request.getAttribute(ERROR_EXCEPTION);
    int status = cause instanceof HttpException known ? known.getCode() : response.getStatus();
    Problem problem = switch (status) {
      case HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 ->
        new Problem(
            Kind.HTTP_VERSION_NOT_SUPPORTED,
            "the first line does not end with a version that is known; send HTTP/1.1");
      case HttpStatus.INTERNAL_SERVER_ERROR_500 ->
        Problems.internal(request.getMethod() + " " + path, cause);
      default ->
        new Problem(
            Kind.BAD_REQUEST,
            "its first line or a header is malformed, or too long; a % must be followed by two hexadecimal digits, and not by 00");
    };
    response.setStatus(problem.kind().status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(problem.members(path))), callback);
    return true;
  }

  /** Where no path could be read, Jetty names one of its own. */
  private static String path(Request request) {
    String path = request.getHttpURI().getPath();
    return path == null || path.equals("/badMessage") ? "/" : path;
  }
}
