package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opens dump files with the results of their checks. Caches the results of the last
 * {@value #MAX_CACHED} files until their size or time changes, as far as they take no more than a
 * {@value #HEAP_PART}th of the heap. For any number of threads.
 */
final class CheckCache {
  private static final int MAX_CACHED = 2_000;
  private static final int HEAP_PART = 32;

  /** Two changes within this time may leave the same modification time. */
  private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

  private final Disk disk;
  private final long maxWeight;

  /** In the order of their last use. */
  private final Map<FileVersion, CachedCheck> cachedChecks = new LinkedHashMap<>(16, 0.75f, true);

  private long weight;

  CheckCache(Disk disk) {
    this(disk, Runtime.getRuntime().maxMemory() / HEAP_PART);
  }

  /** @param maxWeight of all results, as {@link CheckResult#weight} says it */
  CheckCache(Disk disk, long maxWeight) {
    this.disk = disk;
    this.maxWeight = maxWeight;
  }

  /** An open dump file, whole or damaged, with the result of its check; to be closed. */
  record CheckedDump(FileChannel channel, CheckResult result) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Identifies the content of a file, as far as possible without reading it. */
  private record FileVersion(Object file, long size, FileTime modified) {
    static FileVersion of(Path path) throws IOException {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      // Windows has no file key.
      Object file = attributes.fileKey() == null ? path : attributes.fileKey();
      return new FileVersion(file, attributes.size(), attributes.lastModifiedTime());
    }

    boolean isSettled() {
      return modified.toInstant().isBefore(Instant.now().minus(CLOCK_STEP));
    }
  }

  /** Which cached results a caller accepts. */
  enum Trust {
    /** Only those of files that this process wrote. */
    WRITTEN_HERE,
    /** Also those of files that this process checked. */
    CHECKED_HERE
  }

  private record CachedCheck(CheckResult result, boolean written) {
    boolean allows(Trust trust) {
      return written || trust == Trust.CHECKED_HERE;
    }
  }

  /**
   * Opens a file and checks it, unless a cached result is accepted.
   *
   * @throws java.nio.file.NoSuchFileException if the file does not exist
   */
  CheckedDump open(Path path, Trust trust) throws IOException {
    FileVersion version = FileVersion.of(path);
    FileChannel channel = disk.open(path);
    try {
      return new CheckedDump(channel, check(path, version, channel, trust));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private CheckResult check(Path path, FileVersion version, FileChannel channel, Trust trust)
      throws IOException {
    boolean settled = version.isSettled();
    CachedCheck known = cachedCheck(version);
    // The name may have gone to another file between stamp and channel.
    if (known != null && known.allows(trust) && version.equals(FileVersion.of(path))) {
      return known.result;
    }
    CheckResult found = DumpScan.check(channel, true, version.modified.toInstant(), () -> {});
    if (settled && version.equals(FileVersion.of(path))) {
      remember(version, new CachedCheck(found, false));
    }
    return found;
  }

  /** Caches the result for a file that this process wrote and read back just now. */
  void recordWritten(Path path, CheckResult whole) {
    try {
      remember(FileVersion.of(path), new CachedCheck(whole, true));
    } catch (IOException e) {
      // The dump is published all the same; its next reader checks it.
      return;
    }
  }

  private synchronized CachedCheck cachedCheck(FileVersion version) {
    return cachedChecks.get(version);
  }

  private synchronized void remember(FileVersion version, CachedCheck check) {
    CachedCheck before = cachedChecks.put(version, check);
    weight += check.result.weight() - (before == null ? 0 : before.result.weight());
    Iterator<CachedCheck> eldest = cachedChecks.values().iterator();
    while (weight > maxWeight || cachedChecks.size() > MAX_CACHED) {
      weight -= eldest.next().result.weight();
      eldest.remove();
    }
  }

  /** The weight of all results that are kept. */
  synchronized long weight() {
    return weight;
  }
}
