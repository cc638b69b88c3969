package org.ocmcore.cache.adapter.http;

import java.net.InetAddress;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Limits the requests at once, in all and of each address, before a body is read. Jetty's own
 * {@code QoSHandler} lets requests wait instead, and {@code ThreadLimitHandler} limits only those
 * that have a thread.
 */
final class RequestLimit extends Handler.Wrapper {
  private final HttpLimits limits;
  private final ProblemPages pages;
  private final Places places;

  RequestLimit(HttpLimits limits, ProblemPages pages) {
    this.limits = limits;
    this.pages = pages;
    this.places = new Places(limits.requests(), limits.requestsPerAddress());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    InetAddress client = ClientAddress.of(request);
    if (!places.tryTake(client)) {
      pages.write(tooMany(), request, response, callback);
      return true;
    }
    Request.addCompletionListener(request, failure -> places.giveBack(client));
    ClientPresence.watch(request, limits.requestTime());
    return super.handle(request, response, callback);
  }

  private Problem tooMany() {
    return new Problem(
        Kind.TOO_MANY_REQUESTS,
        "%d of %d requests are under way, and one address may have at most %d, and no more than it leaves free; send fewer at once, or set CACHE_HTTP_MAX_REQUESTS_PER_ADDRESS or CACHE_HTTP_MAX_REQUESTS"
            .formatted(
                limits.requests() - places.free(), limits.requests(), limits.requestsPerAddress()),
        null,
        null,
        1);
  }
}
