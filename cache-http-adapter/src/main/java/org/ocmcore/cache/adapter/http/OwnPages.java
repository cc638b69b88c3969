package org.ocmcore.cache.adapter.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;

/** Rejects what pages of other sites make a browser send. */
final class OwnPages {
  private static final String FETCH_SITE = "Sec-Fetch-Site";

  /** The user followed a link or typed the address, or it was a page of this service. */
  private static final Set<String> OWN_SITES = Set.of("none", "same-origin");

  private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/]+)");

  /** The pages to which other sites may link. */
  private final Set<String> linkable;

  /** @param basePath the path that all others are below */
  OwnPages(String basePath) {
    this.linkable = List.of("", "/", "/console", "/console/", "/docs", "/docs/").stream()
        .map(basePath::concat)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Rejects a request that a page of another site sent.
   *
   * @param scheme by which the browser reaches this service; empty if it may be either
   * @param host by which the browser reaches it
   */
  void require(Request request, Optional<String> scheme, Authority host) {
    if (followsLink(request)) {
      return;
    }
    HttpFields headers = request.getHeaders();
    for (String site : headers.getValuesList(FETCH_SITE)) {
      if (!OWN_SITES.contains(site)) {
        throw foreign(FETCH_SITE, site);
      }
    }
    for (String origin : headers.getValuesList(HttpHeader.ORIGIN)) {
      if (!isOwnOrigin(origin, scheme, host)) {
        throw foreign(HttpHeader.ORIGIN.asString(), origin);
      }
    }
  }

  private boolean followsLink(Request request) {
    HttpFields headers = request.getHeaders();
    return HttpMethod.GET.is(request.getMethod())
        && headers.getValuesList("Sec-Fetch-Mode").equals(List.of("navigate"))
        && headers.getValuesList("Sec-Fetch-Dest").equals(List.of("document"))
        && linkable.contains(request.getHttpURI().getPath());
  }

  /** Whether the origin is the host to which the request went. */
  private static boolean isOwnOrigin(String origin, Optional<String> scheme, Authority host) {
    Matcher parts = ORIGIN.matcher(origin);
    if (!parts.matches() || !scheme.orElse(parts.group(1)).equals(parts.group(1))) {
      return false;
    }
    int standardPort = parts.group(1).equals("https") ? 443 : 80;
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
}
