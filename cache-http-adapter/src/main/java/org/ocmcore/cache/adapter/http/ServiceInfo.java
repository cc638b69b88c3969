package org.ocmcore.cache.adapter.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.access.Caller;
import org.ocmcore.cache.domain.tracking.RingFit;

/**
 * The facts about the service that {@code stats/} and {@code settings/} answer.
 *
 * @param version of the program
 * @param backend name of the store
 * @param environment name of the environment
 * @param target what is changed here: the environment, the store, the servers and all else that
 *     decides what a change concerns; answers have its hash alone
 * @param dumpFile the configured path of dumps
 * @param settings the effective ones, in order
 * @param ringFit returns which ring fits the keys, as far as that is known
 */
public record ServiceInfo(
    String version,
    String backend,
    String environment,
    String target,
    String dumpFile,
    List<ServiceSetting> settings,
    Supplier<Optional<RingFit>> ringFit) {
  /** The name of the program. */
  static final String NAME = "Cache App";

  public ServiceInfo {
    settings = List.copyOf(settings);
  }

  /** Returns the same facts without a version, a target and a comparison of rings. */
  public ServiceInfo(
      String backend, String environment, String dumpFile, List<ServiceSetting> settings) {
    this("", backend, environment, "", dumpFile, settings, Optional::empty);
  }

  /** The facts that this caller may see: callers limited to some apps learn nothing of others. */
  ServiceInfo visibleTo(Caller caller) {
    return caller.apps().isAll()
        ? this
        : new ServiceInfo(version, backend, environment, target, "", List.of(), Optional::empty);
  }
}
