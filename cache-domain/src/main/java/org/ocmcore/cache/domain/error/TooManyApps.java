package org.ocmcore.cache.domain.error;

/** The keys belong to more apps than fit into memory. Nothing has changed. */
public final class TooManyApps extends CacheException {
  private static final long serialVersionUID = 1;

  public TooManyApps(long allowed) {
    super("the pattern of apps makes more than %d apps of these keys: let its group find less"
        .formatted(allowed));
  }
}
