package org.ocmcore.cache.adapter.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.http.NotFoundResponse;
import io.javalin.router.EndpointNotFound;
import org.ocmcore.cache.domain.error.CacheException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers whatever a route throws, and requests without a route, with a problem. */
final class FailureHandlers {
  private static final Logger LOG = LoggerFactory.getLogger(FailureHandlers.class);

  private final AnswerWriter writer;
  private final String apiPath;

  /** @param apiPath the path that those of the API are below */
  FailureHandlers(AnswerWriter writer, String apiPath) {
    this.writer = writer;
    this.apiPath = apiPath;
  }

  void addTo(RoutesConfig routes) {
    routes.exception(RequestRejected.class, (e, context) -> writer.write(e.problem(), context));
    routes.exception(CacheException.class, (e, context) -> writer.write(Problems.of(e), context));
    routes.exception(
        EndpointNotFound.class, (e, context) -> writer.write(noSuchPath(context), context));
    routes.exception(
        NotFoundResponse.class, (e, context) -> writer.write(noSuchPath(context), context));
    routes.exception(MethodNotAllowedResponse.class, this::writeAllowedMethods);
    routes.exception(
        HttpResponseException.class,
        (e, context) -> writer.write(new Problem(Kind.BAD_REQUEST, e.getMessage()), context));
    // Nobody reads an answer.
    routes.exception(ClientGone.class, (e, context) -> LOG.debug("{}", e.getMessage(), e));
    routes.exception(
        Exception.class,
        (e, context) -> writer.write(
            RequestId.logged(
                RequestId.of(context.req()),
                () -> Problems.internal(context.method() + " " + context.path(), e)),
            context));
  }

  private void writeAllowedMethods(MethodNotAllowedResponse failure, Context context) {
    String allowed = String.join(", ", failure.getDetails().values());
    context.header(Header.ALLOW, allowed);
    writer.write(
        new Problem(
            Kind.METHOD_NOT_ALLOWED,
            "Method \"%s\" not allowed, only %s".formatted(context.method(), allowed)),
        context);
  }

  private Problem noSuchPath(Context context) {
    String hint =
        context.path().startsWith(apiPath + "/key/") ? "; a slash within a key is written %2F" : "";
    return new Problem(
        Kind.NO_SUCH_PATH, "nothing answers at \"%s\"%s".formatted(context.path(), hint));
  }
}
