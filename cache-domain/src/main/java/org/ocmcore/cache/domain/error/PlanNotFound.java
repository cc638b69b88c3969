package org.ocmcore.cache.domain.error;

/** There is no plan with this name, or it was forgotten. */
public final class PlanNotFound extends CacheException {
  private static final long serialVersionUID = 1;

  public PlanNotFound(String plan) {
    super("plan '" + plan
        + "' is not known; plans are forgotten after an hour, and after 200 others: preview again");
  }
}
