package org.ocmcore.cache.domain.port;

import org.ocmcore.cache.domain.error.AuditUnavailable;

/** Keeps the audit log. Safe for use by any number of threads. */
public interface AuditPort extends AutoCloseable {
  /** Keeps none, and allows everything. */
  AuditPort NONE = new AuditPort() {
    @Override
    public void record(AuditEntry entry) {}

    @Override
    public void requireWritable() {}
  };

  /**
   * Appends an entry. Never fails, since what it reports has happened: an entry that cannot be
   * written is held, and written before the next one. Until then {@link #requireWritable} throws.
   */
  void record(AuditEntry entry);

  /**
   * Checks that the next entry can be written. Call it before each change.
   *
   * @throws AuditUnavailable if not
   */
  void requireWritable();

  /** Writes what is held and releases the log; no entries come after this. */
  @Override
  default void close() {}
}
