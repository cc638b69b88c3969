package org.ocmcore.cache.adapter.cli;

import java.util.List;
import org.ocmcore.cache.domain.dump.DumpDiff;

/**
 * How a dump differs from the live cache, as the API has it.
 *
 * @param same entries that are live with the same value and flags
 * @param expired entries that have expired since
 */
record DiffView(
    String name,
    String createdAt,
    boolean valid,
    long same,
    long changed,
    long onlyInDump,
    long onlyLive,
    long expired,
    List<NameView> changedKeys,
    List<NameView> onlyInDumpKeys,
    List<NameView> onlyLiveKeys)
    implements Differences {
  DiffView {
    changedKeys = List.copyOf(changedKeys);
    onlyInDumpKeys = List.copyOf(onlyInDumpKeys);
    onlyLiveKeys = List.copyOf(onlyLiveKeys);
  }

  static DiffView of(DumpDiff diff) {
    return new DiffView(
        diff.dump().name(),
        Views.time(diff.dump().createdAt()),
        diff.dump().valid(),
        diff.same(),
        diff.changed().count(),
        diff.onlyInDump().count(),
        diff.onlyLive().count(),
        diff.expired(),
        NameView.of(diff.changed().first()),
        NameView.of(diff.onlyInDump().first()),
        NameView.of(diff.onlyLive().first()));
  }

  @Override
  public List<Group> groups() {
    return List.of(
        new Group("same", same, List.of()),
        new Group("expired", expired, List.of()),
        new Group("changed", changed, changedKeys),
        new Group("only_in_dump", onlyInDump, onlyInDumpKeys),
        new Group("only_live", onlyLive, onlyLiveKeys));
  }

  @Override
  public boolean areWhole() {
    return valid;
  }
}
