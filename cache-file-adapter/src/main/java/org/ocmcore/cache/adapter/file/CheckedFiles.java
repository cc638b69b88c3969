package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Opens files that are whole dumps, and remembers of the last {@value #MAX} files whether they are,
 * so that they are not read again while they do not change. For any number of threads.
 */
final class CheckedFiles {
  private static final int MAX = 2_000;

  /** Two changes within this time may leave a file with the same time. */
  private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

  private final Disk disk;
  private final Map<Stamp, Finding> findings = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Stamp, Finding> eldest) {
      return size() > MAX;
    }
  };

  CheckedFiles(Disk disk) {
    this.disk = disk;
  }

  /** A whole dump, to read from any position and to close. */
  record Opened(FileChannel channel, DumpSummary summary) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** What tells one content of a file from another, as far as that goes without reading it. */
  private record Stamp(Object file, long size, FileTime modified) {
    static Stamp of(Path path) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      // Windows has no file key.
      Object file = attributes.fileKey() == null ? path : attributes.fileKey();
      return new Stamp(file, attributes.size(), attributes.lastModifiedTime());
    }

    boolean isSettled() {
      return modified.toInstant().isBefore(Instant.now().minus(CLOCK_STEP));
    }
  }

  /** What a check found: either a whole dump, or why it is none. */
  private record Finding(Optional<DumpSummary> whole, String damage) {
    static Finding of(FileChannel channel) throws IOException {
      try {
        return new Finding(Optional.of(DumpScan.check(channel, () -> {})), "");
      } catch (Damaged e) {
        return new Finding(Optional.empty(), e.getMessage());
      }
    }

    DumpSummary summary() throws Damaged {
      return whole.orElseThrow(() -> new Damaged(damage));
    }
  }

  /** @throws Damaged if it is not a whole dump */
  Opened open(Path path) throws IOException {
    Stamp stamp = Stamp.of(path);
    FileChannel channel = disk.open(path);
    try {
      return new Opened(channel, check(path, stamp, channel));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private DumpSummary check(Path path, Stamp stamp, FileChannel channel) throws IOException {
    boolean settled = stamp.isSettled();
    Finding known = find(stamp);
    // The name may have gone to another file between stamp and channel.
    if (known != null && stamp.equals(Stamp.of(path))) {
      return known.summary();
    }
    Finding found = Finding.of(channel);
    if (settled && stamp.equals(Stamp.of(path))) {
      remember(stamp, found);
    }
    return found.summary();
  }

  private synchronized Finding find(Stamp stamp) {
    return findings.get(stamp);
  }

  private synchronized void remember(Stamp stamp, Finding finding) {
    findings.put(stamp, finding);
  }
}
