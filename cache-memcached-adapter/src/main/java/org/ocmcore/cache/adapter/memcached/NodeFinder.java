package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.util.List;

/** Finds the servers behind one configured server. There is no time limit. For any thread. */
interface NodeFinder extends AutoCloseable {
  /**
   * Returns the servers in a fixed order; empty if the configured one is a server by itself.
   *
   * @param present the servers that were found last; empty if there were none
   * @throws IOException if it is not known; this never means that there are no servers
   */
  List<ServerAddress> find(List<ServerAddress> present) throws IOException;

  /** Ends its connections, if it has any. */
  @Override
  default void close() {}
}
