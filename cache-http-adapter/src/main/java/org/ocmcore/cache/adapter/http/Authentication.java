package org.ocmcore.cache.adapter.http;

import jakarta.servlet.ServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.ocmcore.cache.domain.access.Authenticator;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.error.CacheException;

/**
 * Finds out who sent a request, by its {@code Authorization} header (RFC 6750) or the certificate
 * of the client, before anything of the body is read.
 */
final class Authentication extends Handler.Wrapper {
  private static final String ATTRIBUTE = Caller.class.getName();
  private static final String VALIDITY = Authentication.class.getName() + ".validity";
  private static final String CHECK = Authentication.class.getName() + ".check";
  private static final String SCHEME = "Bearer ";

  private static final String CHANGED =
      "since this request began, the token or certificate was removed, has expired or got other rights; send it again";

  private final Authenticator authenticator;
  private final ProblemPages pages;
  private final OpenRequests open;
  private final Clock clock;

  /**
   * @param open those that need no token; they have no caller
   * @param clock for the end of certificates
   */
  Authentication(Authenticator authenticator, ProblemPages pages, OpenRequests open, Clock clock) {
    this.clock = clock;
    this.authenticator = authenticator;
    this.pages = pages;
    this.open = open;
  }

  /** The caller who sent a request; null if that is unknown, as of a request that is refused. */
  static Caller caller(Request request) {
    return (Caller) request.getAttribute(ATTRIBUTE);
  }

  /** The caller who sent a request that has reached a route. */
  static Caller caller(ServletRequest request) {
    return (Caller) request.getAttribute(ATTRIBUTE);
  }

  /**
   * Whether the sender of a request that has reached a route would still be the same caller, for
   * answers that go on after the request; see {@link Authenticator#validity}.
   */
  static BooleanSupplier validity(ServletRequest request) {
    return (BooleanSupplier) request.getAttribute(VALIDITY);
  }

  /**
   * Requires that the sender of a request that has reached a route is still the same caller: tokens
   * may have changed while the body arrived, or while something was waited for.
   *
   * @throws RequestRejected if not
   */
  static void requireValid(ServletRequest request) {
    ((Runnable) request.getAttribute(CHECK)).run();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (open.include(request)) {
      return super.handle(request, response, callback);
    }
    try {
      Optional<String> secret = secret(request);
      Optional<ClientCertificate> shown = ClientCertificate.of(request, clock.instant());
      Optional<String> certificate = shown.map(ClientCertificate::fingerprint);
      Caller caller = authenticator.caller(secret, certificate, ClientAddress.of(request));
      BooleanSupplier isKnown = authenticator.validity(caller, secret, certificate);
      request.setAttribute(ATTRIBUTE, caller);
      BooleanSupplier isValid = () -> isKnown.getAsBoolean()
          && shown.map(one -> one.isValidAt(clock.instant())).orElse(true);
      request.setAttribute(VALIDITY, isValid);
      request.setAttribute(CHECK, (Runnable) () -> require(isValid, request));
    } catch (RequestRejected e) {
      record(request, e.problem().detail());
      pages.write(e.problem(), request, response, callback);
      return true;
    } catch (CacheException e) {
      record(request, e.getMessage());
      pages.write(Problems.of(e), request, response, callback);
      return true;
    }
    return super.handle(request, response, callback);
  }

  private void require(BooleanSupplier isValid, Request request) {
    if (!isValid.getAsBoolean()) {
      record(request, CHANGED);
      throw new RequestRejected(Kind.UNAUTHORIZED, CHANGED);
    }
  }

  private void record(Request request, String reason) {
    authenticator.recordRefusal(
        ClientAddress.of(request),
        request.getMethod() + " " + request.getHttpURI().getPath(),
        reason);
  }

  private Optional<String> secret(Request request) {
    List<String> given = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
    if (given.isEmpty() || !authenticator.needsToken()) {
      return Optional.empty();
    }
    String header = given.get(0);
    if (given.size() > 1 || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new RequestRejected(
          Kind.UNAUTHORIZED, "send one header Authorization: Bearer TOKEN, and no other scheme");
    }
    return Optional.of(header.substring(SCHEME.length()).strip());
  }
}
