package org.ocmcore.cache.domain.error;

/** A dump failed its checks, or is none. Nothing was written to the cache. */
public final class DumpUnusable extends CacheException {
  private static final long serialVersionUID = 1;

  public DumpUnusable(String name, String reason) {
    super("dump '" + name + "' is not usable: " + reason);
  }

  public DumpUnusable(String name, String reason, Throwable cause) {
    super("dump '" + name + "' is not usable: " + reason, cause);
  }
}
