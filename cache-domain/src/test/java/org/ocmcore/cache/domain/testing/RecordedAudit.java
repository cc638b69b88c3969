package org.ocmcore.cache.domain.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ocmcore.cache.domain.error.AuditUnavailable;
import org.ocmcore.cache.domain.port.AuditEntry;
import org.ocmcore.cache.domain.port.AuditPort;

/** Keeps the audit log in memory. */
public final class RecordedAudit implements AuditPort {
  public final List<AuditEntry> entries = new CopyOnWriteArrayList<>();

  /** Whether changes are allowed. */
  public volatile boolean isWritable = true;

  @Override
  public void record(AuditEntry entry) {
    entries.add(entry);
  }

  @Override
  public void requireWritable() {
    if (!isWritable) {
      throw new AuditUnavailable("the disk is full");
    }
  }

  /** The newest entry. */
  public AuditEntry last() {
    return entries.get(entries.size() - 1);
  }
}
