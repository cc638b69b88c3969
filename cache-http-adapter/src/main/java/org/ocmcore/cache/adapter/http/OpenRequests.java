package org.ocmcore.cache.adapter.http;

import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * The requests that need no token, and so have no caller.
 *
 * @param paths whose answers say nothing about what this service holds, or are public by choice
 * @param basePath the path that all others are below; there, a browser is sent to the console
 */
record OpenRequests(Set<String> paths, String basePath) {
  OpenRequests {
    paths = Set.copyOf(paths);
  }

  boolean include(Request request) {
    String path = String.valueOf(request.getHttpURI().getPath());
    return paths.contains(path)
        || (path.equals(basePath) || path.equals(basePath + "/"))
            && wantsPage(Optional.ofNullable(request.getHeaders().get(HttpHeader.ACCEPT)));
  }

  /** Whether a client that accepts this is a browser that shows a page. */
  static boolean wantsPage(Optional<String> accept) {
    return accept.filter(types -> types.contains("text/html")).isPresent();
  }
}
