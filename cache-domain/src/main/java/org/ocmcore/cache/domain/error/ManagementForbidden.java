package org.ocmcore.cache.domain.error;

/** The environment does not allow changes. Nothing was done. */
public final class ManagementForbidden extends CacheException {
  private static final long serialVersionUID = 1;

  private final String operation;

  /** @param operation what was asked for, as {@code Operation} calls it */
  public ManagementForbidden(String operation) {
    super("the environment is production, which only reads");
    this.operation = operation;
  }

  /** What was asked for. */
  public String operation() {
    return operation;
  }
}
