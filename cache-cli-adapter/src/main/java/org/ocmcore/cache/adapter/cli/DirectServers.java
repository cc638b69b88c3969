package org.ocmcore.cache.adapter.cli;

import org.ocmcore.cache.domain.CallerUseCases;
import org.ocmcore.cache.domain.changes.ChangeQuery;
import org.ocmcore.cache.domain.changes.ChangeSubscription;
import org.ocmcore.cache.domain.dump.DumpDiff;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.port.DumpSource;
import org.ocmcore.cache.domain.port.Store;

/** The servers of the settings, without a service between. Closing it closes the connections. */
public interface DirectServers extends AutoCloseable {
  /** The servers without an index. */
  Store store();

  /**
   * The use cases on these servers, for the user of this machine. The index is filled on demand.
   */
  CallerUseCases cases();

  /** Watches the servers from now on for changes, which {@link #cases} then know as well. */
  ChangeSubscription follow(ChangeQuery query);

  /**
   * Compares a dump with the live cache; see
   * {@link org.ocmcore.cache.domain.dump.DumpComparer#diff}.
   *
   * @param dump has the dump as its current one
   */
  DumpDiff diff(DumpSource dump, int limit, Progress progress);

  @Override
  void close();
}
