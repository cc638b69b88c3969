package org.ocmcore.cache.adapter.cli;

import java.util.List;
import org.ocmcore.cache.domain.dump.DumpPairDiff;
import org.ocmcore.cache.domain.port.DumpInfo;

/**
 * How two dumps differ.
 *
 * @param same entries with the same key, value and flags
 */
record PairDiffView(
    Side first,
    Side second,
    long same,
    long changed,
    long onlyInFirst,
    long onlyInSecond,
    List<NameView> changedKeys,
    List<NameView> onlyInFirstKeys,
    List<NameView> onlyInSecondKeys)
    implements Differences {
  /** A dump. */
  record Side(String name, String createdAt, boolean valid) {
    static Side of(DumpInfo dump) {
      return new Side(dump.name(), Views.time(dump.createdAt()), dump.valid());
    }
  }

  static PairDiffView of(DumpPairDiff diff) {
    return new PairDiffView(
        Side.of(diff.first()),
        Side.of(diff.second()),
        diff.same(),
        diff.changed().count(),
        diff.onlyInFirst().count(),
        diff.onlyInSecond().count(),
        NameView.of(diff.changed().first()),
        NameView.of(diff.onlyInFirst().first()),
        NameView.of(diff.onlyInSecond().first()));
  }

  @Override
  public List<Group> groups() {
    return List.of(
        new Group("same", same, List.of()),
        new Group("changed", changed, changedKeys),
        new Group("only_in_first", onlyInFirst, onlyInFirstKeys),
        new Group("only_in_second", onlyInSecond, onlyInSecondKeys));
  }

  @Override
  public boolean areWhole() {
    return first.valid && second.valid;
  }
}
