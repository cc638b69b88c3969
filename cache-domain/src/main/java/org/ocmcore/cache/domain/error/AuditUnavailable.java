package org.ocmcore.cache.domain.error;

/** The audit log cannot be written, so nothing may be changed. Nothing was done. */
public final class AuditUnavailable extends CacheException {
  private static final long serialVersionUID = 1;

  /** @param reason in words */
  public AuditUnavailable(String reason) {
    super("the audit log cannot be written, so nothing is changed: " + reason);
  }

  /** @param reason in words */
  public AuditUnavailable(String reason, Throwable cause) {
    super("the audit log cannot be written, so nothing is changed: " + reason, cause);
  }
}
