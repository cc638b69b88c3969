package org.ocmcore.cache.adapter.http;

import org.ocmcore.cache.domain.Requester;

/**
 * A client that waits, with the memory that its request may hold. Safe for use by any number of
 * threads.
 */
final class HttpRequester implements Requester {
  private final Requester presence;
  private final ByteBudget.Share memory;

  /** @param memory is given back when the request has been answered */
  HttpRequester(Requester presence, ByteBudget.Share memory) {
    this.presence = presence;
    this.memory = memory;
  }

  @Override
  public void requirePresent() {
    presence.requirePresent();
  }

  @Override
  public void requireWaiting() {
    presence.requireWaiting();
  }

  @Override
  public synchronized void hold(long bytes) {
    memory.grow(bytes);
  }
}
