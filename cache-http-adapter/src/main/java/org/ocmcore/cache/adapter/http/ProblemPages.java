package org.ocmcore.cache.adapter.http;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a problem what never reaches Javalin: for example a malformed request line. */
final class ProblemPages extends ErrorHandler {
  private final JsonMapper json;

  ProblemPages(JsonMapper json) {
    this.json = json;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = path(request);
    Throwable cause = (Throwable) request.getAttribute(ERROR_EXCEPTION);
    int status = status(cause, response.getStatus());
    Problem problem = switch (status) {
      case HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 ->
        new Problem(
            Kind.HTTP_VERSION_NOT_SUPPORTED,
            "the first line does not end with a version that is known; send HTTP/1.1");
      case HttpStatus.REQUEST_TIMEOUT_408 ->
        new Problem(Kind.REQUEST_TIMEOUT, "it did not arrive whole in time; send it in one go");
      case HttpStatus.URI_TOO_LONG_414, HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
        new Problem(
            Kind.HEAD_TOO_LARGE,
            "the request line and the headers together are too long; send less, or set CACHE_HTTP_MAX_HEADER_BYTES");
      case HttpStatus.PAYLOAD_TOO_LARGE_413 ->
        new Problem(
            Kind.BODY_TOO_LARGE,
            request.getAttribute(BodyCollector.LIMIT) instanceof BodyLimits.Limit limit
                ? "the body is longer than %d bytes; %s".formatted(limit.bytes(), limit.advice())
                : "the body is too long; send less");
      case HttpStatus.SERVICE_UNAVAILABLE_503 ->
        new Problem(
            Kind.TOO_BUSY, "other requests hold what memory there is, or it stops; ask again");
      case HttpStatus.INTERNAL_SERVER_ERROR_500 -> internal(request, path, cause);
      default ->
        new Problem(
            Kind.BAD_REQUEST,
            "its first line, a header or its body is malformed or cut off; a % must be followed by two hexadecimal digits, and not by 00");
    };
    // Jetty clears the headers when a request fails.
    AnswerHeaders.put(response);
    response.getHeaders().put(RequestId.HEADER, RequestId.of(request));
    write(problem, request, response, callback);
    return true;
  }

  private static Problem internal(Request request, String path, Throwable cause) {
    return RequestId.logged(
        RequestId.of(request), () -> Problems.internal(request.getMethod() + " " + path, cause));
  }

  /** Answers with this problem. */
  void write(Problem problem, Request request, Response response, Callback callback) {
    RequestObserver.noteProblem(request, problem.kind());
    response.setStatus(problem.kind().status());
    problem.headers().forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    if (mayHaveUnreadBody(request)) {
      // Jetty then ends the connection, and the client must not send the next request on it.
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    byte[] body = json.writeValueAsBytes(
        ProblemAnswer.of(problem.shortened(), path(request)).ofRequest(RequestId.of(request)));
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  private static boolean mayHaveUnreadBody(Request request) {
    HttpFields headers = request.getHeaders();
    return request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2
        && (headers.contains(HttpHeader.TRANSFER_ENCODING)
            || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0);
  }

  /** A client that is silent or gone in the middle of a request is no internal error. */
  private static int status(Throwable cause, int given) {
    if (cause instanceof HttpException known) {
      return known.getCode();
    }
    if (cause instanceof TimeoutException) {
      return HttpStatus.REQUEST_TIMEOUT_408;
    }
    return cause instanceof EofException ? HttpStatus.BAD_REQUEST_400 : given;
  }

  /** Jetty invents a path if it cannot parse one. */
  private static String path(Request request) {
    String path = request.getHttpURI().getPath();
    return path == null || path.equals("/badMessage") || path.equals("/badRequest") ? "/" : path;
  }
}
