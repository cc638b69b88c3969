package org.ocmcore.cache.domain.error;

/** A dump failed its checks, or is no dump. Nothing was stored unless the message says so. */
public final class DumpUnusable extends CacheException {
  private static final long serialVersionUID = 1;

  private final String name;

  public DumpUnusable(String name, String reason) {
    this(name, reason, null);
  }

  public DumpUnusable(String name, String reason, Throwable cause) {
    this("dump '" + name + "' is not usable: " + reason, cause, name);
  }

  private DumpUnusable(String message, Throwable cause, String name) {
    super(message, cause);
    this.name = name;
  }

  /** The same for a caller who is limited to some apps: keys and places may be of others. */
  public DumpUnusable withoutDetails() {
    return new DumpUnusable(
        name,
        "it is damaged or cannot be read; only callers who see all apps get the details",
        this);
  }

  /** The same after this number of entries was stored: the file has changed since its checks. */
  public DumpUnusable afterStoring(long entries) {
    return new DumpUnusable(
        "%s; the file has changed since it was checked, and %d entries are stored"
            .formatted(getMessage(), entries),
        this,
        name);
  }
}
