package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.schedule.AutoDump;

/** The state of auto-dump; a component that is empty is null in the answer. */
record AutoDumpAnswer(
    boolean running,
    long intervalSeconds,
    Optional<String> nextDumpAt,
    Optional<LastDump> lastDump,
    int consecutiveFailures,
    OptionalLong tooFewChanges,
    Optional<String> madeBy) {
  static AutoDumpAnswer of(AutoDump.State state) {
    return new AutoDumpAnswer(
        state.running(),
        state.interval().toSeconds(),
        state.nextDumpAt().map(Times::text),
        state.lastDump().map(LastDump::of),
        state.consecutiveFailures(),
        state.tooFewChanges(),
        state.madeBy());
  }

  /** The dump that auto-dump made or attempted last. */
  record LastDump(
      String finishedAt,
      boolean ok,
      long entries,
      long bytes,
      long durationMs,
      Optional<String> error) {
    static LastDump of(AutoDump.LastDump dump) {
      return new LastDump(
          Times.text(dump.finishedAt()),
          dump.error().isEmpty(),
          dump.entries(),
          dump.bytes(),
          dump.duration().toMillis(),
          dump.error());
    }
  }

  /** Auto-dump was started, stopped or given another interval. */
  record Changed(String message, @JsonUnwrapped AutoDumpAnswer state) implements ChangeAnswer {}
}
