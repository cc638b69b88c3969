package org.ocmcore.cache.adapter.http;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Rejects requests that a foreign web page makes a browser send, and ambiguous ones; finds out who
 * the client is. It runs before all other handlers and does not read the body.
 */
final class RequestGuard extends Handler.Wrapper {
  /** Javalin takes the method from this header. */
  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

  /** A year, for this name alone, but for all its ports. */
  private static final String STRICT_TRANSPORT = "max-age=31536000";

  private final HostHeader hostNames = new HostHeader();
  private final KnownHosts hosts;
  private final TrustedProxies proxies;
  private final OwnPages ownPages;
  private final RequestTarget target;
  private final boolean isHttpsOnly;
  private final ProblemPages pages;

  RequestGuard(HttpSettings settings, ProblemPages pages) {
    this.hosts = new KnownHosts(settings);
    this.proxies = settings.proxy().trusted();
    this.ownPages = new OwnPages(settings.proxy().basePath());
    this.target = new RequestTarget(settings.proxy().basePath());
    this.isHttpsOnly = settings.https().isPresent();
    this.pages = pages;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    AnswerHeaders.put(response);
    try {
      requireEncrypted(request, response);
      RequestFraming.require(request);
      // Also behind a proxy: a browser on the machine of a trusted proxy may send any header.
      Authority host = requireHost(request);
      if (isEncrypted(request) && host.isName()) {
        response.getHeaders().put(HttpHeader.STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT);
      }
      Forwarded forwarded = Forwarded.of(request, proxies);
      ClientAddress.put(forwarded.client(), request);
      forwarded
          .host()
          .ifPresent(sent -> requireKnown(
              sent, Forwarded.HOST, request.getHeaders().get(Forwarded.HOST), request));
      ownPages.require(request, scheme(forwarded, request), forwarded.host().orElse(host));
      target.require(request.getHttpURI());
    } catch (RequestRejected e) {
      pages.write(e.problem(), request, response, callback);
      return true;
    }
    return super.handle(withoutOverride(request), response, callback);
  }

  /** Not what Jetty says of the request: a client may write https:// on any connection. */
  private static boolean isEncrypted(Request request) {
    return request.getConnectionMetaData().isSecure();
  }

  private void requireEncrypted(Request request, Response response) {
    if (isHttpsOnly && !isEncrypted(request)) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
      throw new RequestRejected(
          Kind.BAD_REQUEST,
          "this port takes HTTPS only: write https:// instead of http:// in the address");
    }
  }

  private Authority requireHost(Request request) {
    List<String> given = hosts(request);
    if (given.size() != 1) {
      throw new RequestRejected(
          Kind.BAD_REQUEST, "there are %d Host headers, send one".formatted(given.size()));
    }
    Authority host = hostNames.parse(given.get(0));
    requireKnown(host, HttpHeader.HOST.asString(), given.get(0), request);
    return host;
  }

  /** The hosts that the request names. HTTP/2 has one in the target, and the header as well. */
  private static List<String> hosts(Request request) {
    List<String> headers = request.getHeaders().getValuesList(HttpHeader.HOST);
    String target = request.getHttpURI().getAuthority();
    boolean isInTarget =
        request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2 && target != null;
    return isInTarget
        ? Stream.concat(Stream.of(target), headers.stream()).distinct().toList()
        : headers;
  }

  private void requireKnown(Authority host, String header, String given, Request request) {
    if (!hosts.include(host, request.getConnectionMetaData().getLocalSocketAddress())) {
      throw new RequestRejected(
          Kind.HOST_NOT_ALLOWED,
          "%s is \"%s\", which this service does not go by: use localhost or its address, or add the name to CACHE_HTTP_ALLOWED_HOSTS"
              .formatted(header, given));
    }
  }

  /** Without TLS and a trusted proxy it is unknown: another proxy may end the TLS of clients. */
  private static Optional<String> scheme(Forwarded forwarded, Request request) {
    return isEncrypted(request)
        ? Optional.of(forwarded.scheme().orElse("https"))
        : forwarded.scheme();
  }

  private static Request withoutOverride(Request request) {
    if (!request.getHeaders().contains(METHOD_OVERRIDE)) {
      return request;
    }
    HttpFields others =
        HttpFields.build(request.getHeaders()).remove(METHOD_OVERRIDE).asImmutable();
    return new Request.Wrapper(request) {
      @Override
      public HttpFields getHeaders() {
        return others;
      }
    };
  }
}
