package org.ocmcore.cache.adapter.http;

import java.util.OptionalLong;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;

/** The longest body that each request may have. Safe for use by any number of threads. */
final class BodyLimits {
  /** One byte of a value may be six characters in JSON: U+0001 takes a backslash and "u0001". */
  private static final int LONGEST_ESCAPE = 6;

  /** The most bytes of what stands beside the value. */
  private static final int OTHER_FIELDS = 4096;

  private final String keyPath;
  private final Supplier<OptionalLong> largestItem;
  private final int least;
  private final int memory;

  /**
   * @param apiPath the path that those of the API are below
   * @param largestItem that can be stored, in bytes; empty if unknown. It may ask servers
   * @param least every body of at most this number of bytes is read
   * @param memory the most bytes of any body, if more than that
   */
  BodyLimits(String apiPath, Supplier<OptionalLong> largestItem, int least, long memory) {
    this.keyPath = apiPath + "/key";
    this.largestItem = largestItem;
    this.least = least;
    this.memory = (int) Math.max(least, Math.min(memory, Integer.MAX_VALUE / 4));
  }

  /** The limit of a request. Waits for servers only if the body may be longer than most. */
  Limit of(Request request) {
    boolean isShort = request.getLength() >= 0 && request.getLength() <= least;
    return isShort || !storesValue(request)
        ? new Limit(least, "send less, or set CACHE_HTTP_MAX_BODY_BYTES")
        : ofValue(largestItem.get());
  }

  private boolean storesValue(Request request) {
    String path = request.getHttpURI().getPath();
    return HttpMethod.POST.is(request.getMethod())
        && (path.equals(keyPath) || path.startsWith(keyPath + "/"));
  }

  private Limit ofValue(OptionalLong item) {
    long needed =
        item.isPresent() ? LONGEST_ESCAPE * item.getAsLong() + OTHER_FIELDS : Integer.MAX_VALUE;
    if (needed > memory) {
      return new Limit(memory, "give this service more memory (-Xmx), or send less");
    }
    return new Limit(
        (int) Math.max(least, needed),
        "the servers store items of at most %d bytes; memcached allows more with -I"
            .formatted(item.getAsLong()));
  }

  /**
   * A limit.
   *
   * @param advice what to do about a longer body
   */
  record Limit(int bytes, String advice) {}
}
