package org.ocmcore.cache.domain.error;

/** The environment does not allow changes. Nothing was done. */
public final class ManagementForbidden extends CacheException {
  private static final long serialVersionUID = 1;

  public ManagementForbidden() {
    super("the environment is production, which only reads");
  }
}
