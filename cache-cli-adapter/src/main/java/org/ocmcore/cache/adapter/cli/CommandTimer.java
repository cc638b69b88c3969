package org.ocmcore.cache.adapter.cli;

import org.ocmcore.cache.domain.port.Scheduler;

/** A scheduler that ends with a command. */
public interface CommandTimer extends Scheduler, AutoCloseable {
  @Override
  void close();
}
