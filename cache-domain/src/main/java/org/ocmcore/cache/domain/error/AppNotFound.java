package org.ocmcore.cache.domain.error;

import org.ocmcore.cache.domain.key.AppName;

/** No key belongs to this app. */
public final class AppNotFound extends CacheException {
  private static final long serialVersionUID = 1;

  public AppNotFound(AppName app) {
    super("App '" + app + "' not found: no key belongs to it");
  }
}
