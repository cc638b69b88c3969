package org.ocmcore.cache.adapter.http;

import io.javalin.http.HandlerType;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.CacheAdmin;
import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.access.Operation;

/**
 * A request that is answered.
 *
 * @param path below the base path, without a slash at the end
 * @param permission what the caller must be allowed before the body is read; empty if the route
 *     only reads
 * @param description what the document of the API says of it; asked when somebody wants to know
 * @param fields that its body takes, if it does not only read
 * @param <R> the request as its action takes it
 */
record Route<R>(
    HandlerType method,
    String path,
    Supplier<Description> description,
    Optional<Permission> permission,
    Set<String> fields,
    Parser<R> parser,
    Action<R> action) {
  /** One that only reads. */
  static <R> Route<R> reading(
      String path, Supplier<Description> description, Parser<R> parser, Action<R> action) {
    return new Route<>(
        HandlerType.GET, path, description, Optional.empty(), Set.of(), parser, action);
  }

  /** One that only reads, though its body says what is asked for. */
  static <R> Route<R> asking(
      String path,
      Supplier<Description> description,
      Set<String> fields,
      Parser<R> parser,
      Action<R> action) {
    return new Route<>(
        HandlerType.POST, path, description, Optional.empty(), fields, parser, action);
  }

  /** One that may change something. */
  static <R> Route<R> management(
      HandlerType method,
      String path,
      Supplier<Description> description,
      Permission permission,
      Set<String> fields,
      Parser<R> parser,
      Action<R> action) {
    return new Route<>(method, path, description, Optional.of(permission), fields, parser, action);
  }

  /** Whether it may change something. */
  boolean management() {
    return permission.isPresent();
  }

  /** Parses a request once, and executes it for its caller. */
  HttpAnswer answer(RawRequest request) {
    R parsed = parser.parse(request);
    if (management()) {
      KeyConditions.rejectUntaken(request);
    }
    return action.execute(parsed, request.cases());
  }

  /**
   * What the description lacks of a request that was answered; empty if it lacks nothing. For
   * assertions: every test that sends a request then compares the two.
   */
  String undescribed(RawRequest request, HttpAnswer answer) {
    Description described = description.get();
    Set<String> inBody = new HashSet<>(request.body().asked());
    inBody.addAll(fields);
    Set<String> untaken = Description.names(described.body());
    untaken.removeAll(fields);
    // It is taken wherever a pattern is.
    untaken.remove(RawRequest.MATCH);
    return untaken.isEmpty()
        ? described.lacks(request.query().taken(), inBody, answer)
        : "%s describes fields that are not taken: %s".formatted(path, untaken);
  }

  /** What a caller must be allowed. */
  interface Permission {
    /**
     * Checks it.
     *
     * @param request in words, for the audit log
     * @throws org.ocmcore.cache.domain.error.CacheException unless the caller is allowed it
     */
    void require(CacheAdmin admin, String request);

    /** Of this operation. */
    static Permission of(Operation operation) {
      return (admin, request) -> admin.requireAllowed(operation, request);
    }
  }

  /** Parses a request. */
  interface Parser<R> {
    /** @throws RequestRejected if it cannot be understood */
    R parse(RawRequest request);
  }

  /** Executes a request. */
  interface Action<R> {
    HttpAnswer execute(R request, CallerUseCases cases);
  }

  /** A request that says all by its method and path. */
  record Empty() {
    static Empty parse(RawRequest request) {
      return new Empty();
    }
  }
}
