package org.ocmcore.cache.domain.error;

/** There is no plan of this name, or it was made so long ago that it is forgotten. */
public final class PlanNotFound extends CacheException {
  private static final long serialVersionUID = 1;

  public PlanNotFound(String plan) {
    super("plan '" + plan + "' is not known; plans are forgotten after an hour");
  }
}
