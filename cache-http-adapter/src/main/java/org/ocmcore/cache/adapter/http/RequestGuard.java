package org.ocmcore.cache.adapter.http;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Rejects requests that a foreign web page makes a browser send, and ambiguous targets. It runs
 * before all other handlers and does not read the body.
 */
final class RequestGuard extends Handler.Wrapper {
  private static final String FETCH_SITE = "Sec-Fetch-Site";

  /** The user followed a link or typed the address, or it was a page of this service. */
  private static final Set<String> OWN_SITES = Set.of("none", "same-origin");

  /** The pages to which other sites may link. */
  private static final Set<String> PAGES = Set.of("/", "/console", "/console/", "/docs", "/docs/");

  private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/]+)");

  /** Javalin takes the method from this header. */
  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

  /** A year, for this name alone, but for all its ports. */
  private static final String STRICT_TRANSPORT = "max-age=31536000";

  private final KnownHosts hosts;
  private final boolean isHttpsOnly;
  private final ProblemPages pages;

  RequestGuard(HttpSettings settings, ProblemPages pages) {
    this.hosts = new KnownHosts(settings);
    this.isHttpsOnly = settings.https().isPresent();
    this.pages = pages;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    AnswerHeaders.put(response);
    try {
      requireEncrypted(request, response);
      Authority host = requireKnownHost(request);
      if (request.isSecure() && host.isName()) {
        response.getHeaders().put(HttpHeader.STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT);
      }
      requireOwnPage(request, host);
      requireClearTarget(request.getHttpURI());
    } catch (RequestRejected e) {
      pages.write(e.problem(), request, response, callback);
      return true;
    }
    return super.handle(withoutOverride(request), response, callback);
  }

  private void requireEncrypted(Request request, Response response) {
    if (isHttpsOnly && !request.isSecure()) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
      throw new RequestRejected(
          Kind.BAD_REQUEST,
          "this port takes HTTPS only: write https:// instead of http:// in the address");
    }
  }

  private Authority requireKnownHost(Request request) {
    List<String> given = hosts(request);
    if (given.size() != 1) {
      throw new RequestRejected(
          Kind.BAD_REQUEST, "there are %d Host headers, send one".formatted(given.size()));
    }
    Authority host = parse(given.get(0));
    if (!hosts.include(host, request.getConnectionMetaData().getLocalSocketAddress())) {
      throw new RequestRejected(
          Kind.HOST_NOT_ALLOWED,
          "Host is \"%s\", which this service does not go by: use localhost or its address, or add the name to CACHE_HTTP_ALLOWED_HOSTS"
              .formatted(given.get(0)));
    }
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

  private static Authority parse(String host) {
    try {
      return Authority.parse(host);
    } catch (IllegalArgumentException e) {
      throw new RequestRejected(Kind.BAD_REQUEST, "Host: " + e.getMessage());
    }
  }

  private static void requireOwnPage(Request request, Authority host) {
    if (followsLinkToPage(request)) {
      return;
    }
    HttpFields headers = request.getHeaders();
    for (String site : headers.getValuesList(FETCH_SITE)) {
      if (!OWN_SITES.contains(site)) {
        throw foreign(FETCH_SITE, site);
      }
    }
    for (String origin : headers.getValuesList(HttpHeader.ORIGIN)) {
      if (!isOwnOrigin(origin, host, request.isSecure())) {
        throw foreign(HttpHeader.ORIGIN.asString(), origin);
      }
    }
  }

  private static boolean followsLinkToPage(Request request) {
    HttpFields headers = request.getHeaders();
    return HttpMethod.GET.is(request.getMethod())
        && "navigate".equals(headers.get("Sec-Fetch-Mode"))
        && "document".equals(headers.get("Sec-Fetch-Dest"))
        && PAGES.contains(request.getHttpURI().getPath());
  }

  /**
   * Whether the origin is the host to which the request went. Without TLS here, a proxy may have
   * it.
   */
  private static boolean isOwnOrigin(String origin, Authority host, boolean isSecure) {
    Matcher parts = ORIGIN.matcher(origin);
    if (!parts.matches()) {
      return false;
    }
    boolean isHttps = parts.group(1).equals("https");
    if (isSecure && !isHttps) {
      return false;
    }
    int standardPort = isHttps ? 443 : 80;
    try {
      Authority page = Authority.parse(parts.group(2));
      return page.host().equals(host.host())
          && page.port().orElse(standardPort) == host.port().orElse(standardPort);
    } catch (IllegalArgumentException noHost) {
      return false;
    }
  }

  private static RequestRejected foreign(String header, String value) {
    return new RequestRejected(
        Kind.CROSS_SITE_REQUEST,
        "%s is \"%s\": a page of another site sent this; send it from a page of this service, or without a browser"
            .formatted(header, value));
  }

  /** Jetty replaces bytes that are not UTF-8 and drops a fragment, which makes another key. */
  private static void requireClearTarget(HttpURI target) {
    if (!isAscii(target.getPath()) || !isAscii(target.getQuery())) {
      throw new RequestRejected(
          Kind.BAD_REQUEST,
          "the path or query string has a byte that must not stand there: percent-encode what is not printable ASCII");
    }
    if (target.getFragment() != null) {
      throw new RequestRejected(
          Kind.BAD_REQUEST,
          "the path or query string has a #: write %23, or leave out what follows");
    }
  }

  private static boolean isAscii(String part) {
    return part == null || part.chars().allMatch(character -> character > 0x20 && character < 0x7f);
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
