package org.ocmcore.cache.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.ocmcore.cache.adapter.file.AuditFile;
import org.ocmcore.cache.domain.access.LimitedAudit;
import org.ocmcore.cache.domain.port.AuditPort;

/**
 * Where the audit log is.
 *
 * @param file empty for no audit log
 * @param maxBytes of a file
 * @param keep how many full files stay; 0 for all
 */
public record AuditSettings(Optional<Path> file, long maxBytes, int keep) {
  private static final long LEAST_BYTES = 64 * 1024;
  private static final long MOST_BYTES = 1L << 40;

  static AuditSettings parse(SettingReader reader) {
    return new AuditSettings(
        reader.optional(Setting.CACHE_AUDIT_FILE, AuditSettings::path),
        reader.number(Setting.CACHE_AUDIT_MAX_BYTES, LEAST_BYTES, MOST_BYTES),
        (int) reader.number(Setting.CACHE_AUDIT_KEEP, 0, 100_000));
  }

  private static Path path(String text) {
    try {
      Path path = Path.of(text);
      if (text.endsWith("/") || path.getFileName() == null) {
        throw new IllegalArgumentException("it must name a file, not a folder");
      }
      return path;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("it is no path: " + e.getReason(), e);
    }
  }

  /**
   * Opens the log.
   *
   * @throws org.ocmcore.cache.domain.error.AuditUnavailable if it cannot be written
   */
  AuditPort open(Clock clock) {
    return file.<AuditPort>map(path -> new RequestAudit(
            new LimitedAudit(AuditFile.open(path, maxBytes, keep, clock, new AuditLog()), clock)))
        .orElse(AuditPort.NONE);
  }
}
