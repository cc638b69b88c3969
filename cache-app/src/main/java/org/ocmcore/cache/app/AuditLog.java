package org.ocmcore.cache.app;

import java.nio.file.Path;
import org.ocmcore.cache.adapter.file.AuditFile;
import org.ocmcore.cache.domain.port.AuditEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what is wrong with the file of the audit log, each reason once a minute. */
final class AuditLog implements AuditFile.Events {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

  private final LogLimit limit = new LogLimit(System::nanoTime);

  @Override
  public void failed(Path file, String reason) {
    limit
        .pass(reason)
        .ifPresent(held -> LOG.error(
            "the audit log {} cannot be written, so changes are refused: {}{}",
            file,
            reason,
            held));
  }

  @Override
  public void lost(Path file, AuditEntry entry) {
    limit
        .pass("lost")
        .ifPresent(held -> LOG.error("the audit log {} lacks {}{}", file, entry, held));
  }

  @Override
  public void recovered(Path file) {
    LOG.info("the audit log {} is written again, and changes are allowed", file);
  }

  @Override
  public void warned(Path file, String message) {
    limit.pass(message).ifPresent(held -> LOG.warn("the audit log {}: {}{}", file, message, held));
  }
}
