package org.ocmcore.cache.domain.dump;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.job.Progress;
import org.ocmcore.cache.domain.key.KeyFingerprint;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpPort.DumpReader;
import org.ocmcore.cache.domain.port.DumpSource;

/**
 * Compares two dumps by 64-bit hashes, which take 24 bytes of memory for each entry: with ten
 * million entries in each dump, one difference is missed with a probability of 1 in 100,000. For
 * use by one thread.
 */
public final class DumpPairComparison {
  private static final int BATCH = 1_024;

  private final int limit;
  private final Progress progress;
  private final KeyHashes firstKeys = new KeyHashes();
  private final KeyHashes firstEntries = new KeyHashes();
  private final KeyHashes secondKeys = new KeyHashes();
  private final DumpDiff.Sort changed;
  private final DumpDiff.Sort onlyInFirst;
  private final DumpDiff.Sort onlyInSecond;
  private long same;

  private DumpPairComparison(int limit, Progress progress) {
    this.limit = limit;
    this.progress = progress;
    changed = new DumpDiff.Sort(limit);
    onlyInFirst = new DumpDiff.Sort(limit);
    onlyInSecond = new DumpDiff.Sort(limit);
  }

  /**
   * Compares what is intact of two dumps, each the current one of its source. Reads the first one
   * twice.
   *
   * @param limit the most keys that are named in each group, not negative
   * @throws org.ocmcore.cache.domain.error.DumpUnusable if nothing of one is intact
   */
  public static DumpPairDiff compare(
      DumpSource first, DumpSource second, int limit, Progress progress) {
    return new DumpPairComparison(limit, progress).compare(first, second);
  }

  private DumpPairDiff compare(DumpSource first, DumpSource second) {
    try (DumpReader beforehand = open(first);
        DumpReader other = open(second);
        DumpReader again = open(first)) {
      progress.expect(2 * beforehand.info().entries() + other.info().entries());
      forEach(beforehand, this::note);
      firstKeys.sort();
      firstEntries.sort();
      forEach(other, this::compare);
      secondKeys.sort();
      forEach(again, this::findMissing);
      return new DumpPairDiff(
          again.info(), other.info(), limit, same, changed, onlyInFirst, onlyInSecond);
    }
  }

  private static DumpReader open(DumpSource dump) {
    return dump.salvage(dump.currentName());
  }

  private void forEach(DumpReader reader, Consumer<CacheEntry> visitor) {
    long entries = 0;
    long bytes = 0;
    for (DumpEntry next = reader.next(); next != null; next = reader.next()) {
      visitor.accept(next.entry());
      entries++;
      bytes += next.entry().size();
      if (entries == BATCH) {
        progress.advance(entries, bytes);
        progress.checkpoint();
        entries = 0;
        bytes = 0;
      }
    }
    progress.advance(entries, bytes);
  }

  private void note(CacheEntry entry) {
    firstKeys.add(entry.key());
    firstEntries.add(hash(entry));
  }

  private void compare(CacheEntry entry) {
    secondKeys.add(entry.key());
    if (firstEntries.contains(hash(entry))) {
      same++;
    } else if (firstKeys.contains(entry.key().fingerprint())) {
      changed.add(entry.key());
    } else {
      onlyInSecond.add(entry.key());
    }
  }

  private void findMissing(CacheEntry entry) {
    if (!secondKeys.contains(entry.key().fingerprint())) {
      onlyInFirst.add(entry.key());
    }
  }

  /** Of key, flags and value; the length of the key keeps them apart. */
  private static long hash(CacheEntry entry) {
    byte[] key = entry.key().bytes();
    byte[] value = entry.value().bytes();
    byte[] all = ByteBuffer.allocate(1 + key.length + Long.BYTES + value.length)
        .put((byte) key.length)
        .put(key)
        .putLong(entry.value().flags())
        .put(value)
        .array();
    return KeyFingerprint.of(all, 0, all.length);
  }
}
