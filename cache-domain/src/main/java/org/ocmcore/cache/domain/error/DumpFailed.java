package org.ocmcore.cache.domain.error;

/** A dump could not be written. The last good dump is untouched. */
public final class DumpFailed extends CacheException {
  private static final long serialVersionUID = 1;

  public DumpFailed(String reason) {
    super(reason);
  }

  public DumpFailed(String reason, Throwable cause) {
    super(reason, cause);
  }
}
