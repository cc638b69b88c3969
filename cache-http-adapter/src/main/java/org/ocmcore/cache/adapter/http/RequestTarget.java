package org.ocmcore.cache.adapter.http;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpURI;
import org.ocmcore.cache.domain.key.DotSegments;

/** Rejects targets that two readers may understand in two ways, and those of other services. */
final class RequestTarget {
  private final String basePath;

  /** @param basePath the path that all others are below */
  RequestTarget(String basePath) {
    this.basePath = basePath;
  }

  void require(HttpURI target) {
    String path = target.getPath();
    // Jetty replaces bytes that are not UTF-8 and drops a fragment, which makes another key.
    if (!isAscii(path) || !isAscii(target.getQuery())) {
      throw rejected(
          "the path or query string has a byte that must not stand there: percent-encode what is not printable ASCII");
    }
    if (target.getFragment() != null) {
      throw rejected("the path or query string has a #: write %23, or leave out what follows");
    }
    if (path != null) {
      requireClear(path);
      requireBelowBase(path);
    }
  }

  private static boolean isAscii(String part) {
    return part == null || part.chars().allMatch(character -> character > 0x20 && character < 0x7f);
  }

  private static void requireClear(String path) {
    if (path.indexOf(';') >= 0 || path.indexOf('\\') >= 0) {
      throw rejected(
          "the path has a ; or \\, which some proxies do not pass on as it is: write %3B or %5C");
    }
    byte[] decoded = decoded(path).getBytes(StandardCharsets.UTF_8);
    if (DotSegments.areIn(decoded, 0, decoded.length)) {
      throw rejected(
          "the path has a step . or .., which some clients and proxies shorten: leave it out; a key with such a step is addressed by key/?key_base64=");
    }
  }

  private static String decoded(String path) {
    try {
      return PercentCode.decode(path);
    } catch (IllegalArgumentException e) {
      throw rejected("path: " + e.getMessage());
    }
  }

  private void requireBelowBase(String path) {
    if (!basePath.isEmpty() && !path.equals(basePath) && !path.startsWith(basePath + "/")) {
      throw new RequestRejected(
          Kind.NO_SUCH_PATH,
          "nothing answers at \"%s\"; this service is below \"%s/\"".formatted(path, basePath));
    }
  }

  private static RequestRejected rejected(String detail) {
    return new RequestRejected(Kind.BAD_REQUEST, detail);
  }
}
