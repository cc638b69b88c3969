package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.port.AuditEntry;
import org.ocmcore.cache.domain.port.AuditEntry.Outcome;

/** What the tests of audit logs share. */
abstract class AuditFixture {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

  /** Larger than all lines of a test. */
  static final long LARGE = 100L * 1024 * 1024;

  @TempDir
  Path folder;

  final FaultyAuditDisk disk = new FaultyAuditDisk();
  final RecordedAuditEvents events = new RecordedAuditEvents();

  static final class FaultyAuditDisk implements AuditDisk {
    volatile boolean isFull;
    volatile long usable = Long.MAX_VALUE;

    @Override
    public void write(RandomAccessFile file, byte[] bytes) throws IOException {
      if (isFull) {
        file.write(bytes, 0, 10);
        throw new IOException("No space left on device");
      }
      file.write(bytes);
    }

    @Override
    public long usableBytes(Path folder) throws IOException {
      LOCAL.usableBytes(folder);
      return usable;
    }
  }

  static final class RecordedAuditEvents implements AuditFile.Events {
    final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void failed(Path file, String reason) {
      all.add("failed: " + reason);
    }

    @Override
    public void lost(Path file, AuditEntry entry) {
      all.add("lost: " + entry);
    }

    @Override
    public void recovered(Path file) {
      all.add("recovered");
    }

    @Override
    public void warned(Path file, String message) {
      all.add("warned: " + message);
    }
  }

  Path file() {
    return folder.resolve("log/audit.log");
  }

  AuditFile open() {
    return open(LARGE, 0);
  }

  AuditFile open(long maxBytes, int keep) {
    return new AuditFile(file(), maxBytes, keep, CLOCK, events, disk);
  }

  static AuditEntry entry(String target) {
    return new AuditEntry(
        CLOCK.instant(),
        "anna",
        "operator",
        "10.0.0.7",
        "delete",
        target,
        OptionalLong.of(1),
        OptionalLong.of(1),
        Outcome.DONE,
        "",
        "",
        "");
  }

  void write(int count) {
    try (AuditFile log = open()) {
      for (int i = 0; i < count; i++) {
        log.record(entry("key 'k" + i + "'"));
      }
    }
  }

  AuditVerifier.Result verify() throws IOException {
    return verify(Optional.empty());
  }

  AuditVerifier.Result verify(Optional<String> remembered) throws IOException {
    return AuditVerifier.verify(AuditVerifier.filesOf(file()), remembered);
  }

  List<String> lines() throws IOException {
    return Files.readAllLines(file());
  }

  void rewrite(List<String> lines) throws IOException {
    Files.writeString(file(), lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }
}
