package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;

/** How long a value from one server can be at most. */
@FunctionalInterface
interface ValueLimit {
  /**
   * Returns the size of the server's largest item in bytes; a value is shorter. May ask the server
   * on another connection, and waits for its answer.
   *
   * @throws IOException if the server does not say it
   */
  long bytes() throws IOException;
}
