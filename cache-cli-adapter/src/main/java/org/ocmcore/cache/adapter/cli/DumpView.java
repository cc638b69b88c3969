package org.ocmcore.cache.adapter.cli;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A dump of a service, as the API has it.
 *
 * @param entries empty if the caller is limited to some apps
 * @param bytes empty likewise
 * @param current whether a restore takes this one by default
 */
record DumpView(
    String name,
    String createdAt,
    OptionalLong entries,
    OptionalLong bytes,
    boolean valid,
    boolean complete,
    boolean current) {
  DumpView {
    Objects.requireNonNull(name);
    Objects.requireNonNull(createdAt);
  }

  /** All dumps, newest first. */
  record All(List<DumpView> dumps) {
    All {
      dumps = List.copyOf(dumps);
    }
  }
}
