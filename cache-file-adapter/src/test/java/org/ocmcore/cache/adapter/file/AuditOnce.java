package org.ocmcore.cache.adapter.file;

import java.nio.file.Path;

/** A program that writes an audit log of several files. */
final class AuditOnce extends AuditFixture {
  private AuditOnce() {}

  public static void main(String[] arguments) {
    try (AuditFile log =
        AuditFile.open(Path.of(arguments[0]), 2_000, 0, CLOCK, new RecordedAuditEvents())) {
      for (int i = 0; i < 20; i++) {
        log.record(entry("k" + i));
      }
    }
  }
}
