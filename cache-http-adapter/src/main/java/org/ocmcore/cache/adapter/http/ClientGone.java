package org.ocmcore.cache.adapter.http;

import java.io.IOException;

/** A client has left before it had its answer. That is no fault of the service. */
final class ClientGone extends IOException {
  private static final long serialVersionUID = 1;

  ClientGone(IOException cause) {
    super("the client has left before it had its answer", cause);
  }
}
