package org.ocmcore.cache.adapter.cli;

import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.port.Store;

/** The servers of the settings, without a service between. Closing it closes the connections. */
public interface DirectServers extends AutoCloseable {
  /** The servers without an index. */
  Store store();

  /**
   * The use cases on these servers, for the user of this machine. The index is filled on demand.
   */
  CallerUseCases cases();

  @Override
  void close();
}
