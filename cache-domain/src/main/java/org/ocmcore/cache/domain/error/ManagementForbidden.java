package org.ocmcore.cache.domain.error;

/** A change was asked for in an environment that only reads. Nothing was done. */
public final class ManagementForbidden extends CacheException {
  private static final long serialVersionUID = 1;

  public ManagementForbidden() {
    super("Modification operations are disabled in production for security reasons");
  }
}
