package org.ocmcore.cache.domain.error;

/** So many more keys match than when the work was planned that it may not be what was meant. */
public final class PlanOutgrown extends CacheException {
  private static final long serialVersionUID = 1;

  private final long matched;

  /** @param planned keys that matched when it was planned */
  public PlanOutgrown(long planned, long matching) {
    super(
        "%d keys matched when this was planned, %d do now: more than a tenth more; nothing was done"
            .formatted(planned, matching));
    matched = matching;
  }

  /** How many match now. */
  public long matched() {
    return matched;
  }
}
