package org.ocmcore.cache.domain.error;

/** No key belongs to this app. */
public final class AppNotFound extends CacheException {
  private static final long serialVersionUID = 1;

  public AppNotFound(String app) {
    super("App '" + app + "' not found: no key belongs to it");
  }
}
