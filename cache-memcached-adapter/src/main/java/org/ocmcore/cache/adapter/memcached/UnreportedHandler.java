package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.util.Set;
import org.ocmcore.cache.adapter.memcached.MetaResponse.Status;

/**
 * Sends what a {@link QuietPipeline} has not sent, or must send again, and reports all to its
 * handler.
 */
record UnreportedHandler<T>(Pipeline.Handler<T> handler)
    implements Pipeline.Handler<Unreported<T>> {
  /** The responses of a store to a key that exists, and of a deletion of one that does not. */
  private static final Set<Status> STATES = Set.of(Status.NOT_STORED, Status.NOT_FOUND);

  @Override
  public long weight(Unreported<T> unreported) {
    return handler.weight(unreported.item());
  }

  @Override
  public void writeRequest(Unreported<T> unreported, OutputBuffer output) {
    if (unreported.response() == null) {
      handler.writeRequest(unreported.item(), output);
    }
  }

  /**
   * A request that fails now because of what its key is would have failed the first time, too, and
   * that failure would have had a response. So the first request has succeeded.
   */
  @Override
  public void handleResponse(Unreported<T> unreported, MetaResponse response) throws IOException {
    MetaResponse result = unreported.response() == null ? response : unreported.response();
    boolean wasDone =
        unreported.isUnclear() && response != null && STATES.contains(response.status());
    handler.handleResponse(unreported.item(), wasDone ? Status.DONE.withoutFlags() : result);
  }
}
