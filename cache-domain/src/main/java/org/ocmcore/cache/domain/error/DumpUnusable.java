package org.ocmcore.cache.domain.error;

/** A dump failed its checks, or is no dump. Nothing was stored unless the message says so. */
public final class DumpUnusable extends CacheException {
  private static final long serialVersionUID = 1;

  public DumpUnusable(String name, String reason) {
    super("dump '" + name + "' is not usable: " + reason);
  }

  public DumpUnusable(String name, String reason, Throwable cause) {
    super("dump '" + name + "' is not usable: " + reason, cause);
  }

  private DumpUnusable(String message, DumpUnusable cause) {
    super(message, cause);
  }

  /** The same after this number of entries was stored: the file has changed since its checks. */
  public DumpUnusable afterStoring(long entries) {
    return new DumpUnusable(
        "%s; the file has changed since it was checked, and %d entries are stored"
            .formatted(getMessage(), entries),
        this);
  }
}
