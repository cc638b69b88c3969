package org.ocmcore.cache.domain.dump;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.index.ChangeBatch;
import org.ocmcore.cache.domain.index.LiveIndex;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.PlacedKey;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.query.AppRule;
import org.ocmcore.cache.domain.query.KeyFinder;
import org.ocmcore.cache.domain.query.Workers;

/** The keys of a dump in an index of their own, for the questions that live keys answer. */
public final class DumpKeys {
  /** Takes the place of a server: a dump says of most keys where they are from, but not of all. */
  private static final String PLACE = "dump";

  private static final int BATCH = 128 * 1024;
  private static final String DAMAGED = "the dump is damaged, and only what is intact counts";

  private DumpKeys() {}

  /**
   * The keys as of the time of the dump. Nobody knows which of them were read before: all count as
   * read.
   *
   * @param reader is read to its end, and not closed
   */
  public static KeyFinder of(DumpReader reader, AppRule apps, Workers workers, Progress progress) {
    Instant then = reader.info().createdAt();
    LiveIndex index = new LiveIndex(
        List.of(PLACE),
        key -> new PlacedKey(key, PLACE),
        Clock.fixed(then, ZoneOffset.UTC),
        Long.MAX_VALUE);
    int walk = index.beginWalk(PLACE);
    ChangeBatch batch = index.newBatch();
    progress.expect(reader.info().entries());
    long bytes = 0;
    for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
      batch.addWalked(info(next), walk);
      bytes += next.entry().size();
      if (batch.size() == BATCH) {
        merge(index, batch, bytes, progress);
        bytes = 0;
      }
    }
    merge(index, batch, bytes, progress);
    index.endWalk(PLACE, walk);
    List<String> gaps = reader.info().valid() ? List.of() : List.of(DAMAGED);
    return new KeyFinder(index.snapshot(then, gaps), apps, then, workers);
  }

  private static void merge(LiveIndex index, ChangeBatch batch, long bytes, Progress progress) {
    index.merge(batch);
    progress.advance(batch.size(), bytes);
    progress.checkpoint();
    batch.clear();
  }

  private static KeyInfo info(DumpEntry dumped) {
    KeyInfo key = DumpInspector.info(dumped);
    return new KeyInfo(
        key.key(), key.expiry(), key.size(), key.flags(), key.lastAccess(), true, PLACE);
  }
}
