package org.ocmcore.cache.adapter.cli;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.ocmcore.cache.domain.dump.DumpResult;
import org.ocmcore.cache.domain.port.ServerAccount;

/**
 * A dump was made, as the API has it.
 *
 * @param skipped how many keys are not in it, by reason
 */
record DumpedView(
    String message,
    String dumpFile,
    String name,
    boolean complete,
    long seen,
    long entries,
    Map<String, Long> skipped,
    long bytes,
    long durationMs,
    List<AccountView> servers) {
  DumpedView {
    Objects.requireNonNull(message);
    Objects.requireNonNull(dumpFile);
    Objects.requireNonNull(name);
    skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
    servers = List.copyOf(servers);
  }

  /** @param dumpFile where dumps go, as it was given */
  static DumpedView of(DumpResult result, String dumpFile) {
    return new DumpedView(
        result.dump().complete()
            ? "Cache dumped to " + dumpFile
            : "A part of the cache dumped to " + result.dump().name(),
        dumpFile,
        result.dump().name(),
        result.dump().complete(),
        result.account().sum(ServerAccount::seen),
        result.dump().entries(),
        Views.reasons(result.skipped()),
        result.dump().bytes(),
        result.duration().toMillis(),
        AccountView.of(result.account()));
  }
}
