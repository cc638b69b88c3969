package org.ocmcore.cache.adapter.http;

import io.javalin.http.HandlerType;
import java.util.Set;

/**
 * A request that is answered.
 *
 * @param path below the base path, without a slash at the end
 * @param management whether it is for environments that allow changes
 * @param fields that its body takes, if it is
 * @param <R> the request as its action takes it
 */
record Route<R>(
    HandlerType method,
    String path,
    boolean management,
    Set<String> fields,
    Parser<R> parser,
    Action<R> action) {
  /** One that only reads. */
  static <R> Route<R> reading(String path, Parser<R> parser, Action<R> action) {
    return new Route<>(HandlerType.GET, path, false, Set.of(), parser, action);
  }

  /** One that only reads, though its body says what is asked for. */
  static <R> Route<R> asking(String path, Set<String> fields, Parser<R> parser, Action<R> action) {
    return new Route<>(HandlerType.POST, path, false, fields, parser, action);
  }

  /** One that may change something. */
  static <R> Route<R> management(
      HandlerType method, String path, Set<String> fields, Parser<R> parser, Action<R> action) {
    return new Route<>(method, path, true, fields, parser, action);
  }

  /** Parses a request once, and executes it. */
  HttpAnswer answer(RawRequest request) {
    return action.execute(parser.parse(request));
  }

  /** Parses a request. */
  interface Parser<R> {
    /** @throws RequestRejected if it cannot be understood */
    R parse(RawRequest request);
  }

  /** Executes a request. */
  interface Action<R> {
    HttpAnswer execute(R request);
  }

  /** A request that says all by its method and path. */
  record Empty() {
    static Empty parse(RawRequest request) {
      return new Empty();
    }
  }
}
