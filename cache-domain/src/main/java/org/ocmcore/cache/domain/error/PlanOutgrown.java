package org.ocmcore.cache.domain.error;

/** Many more keys match than in the preview. Nothing has changed. */
public final class PlanOutgrown extends CacheException {
  private static final long serialVersionUID = 1;

  private final long matched;

  /** @param planned the number of keys that matched in the preview */
  public PlanOutgrown(long planned, long matching) {
    super(
        "%d keys matched when this was planned, %d do now: more than a tenth more; nothing was done"
            .formatted(planned, matching));
    matched = matching;
  }

  /** The number of keys that match now. */
  public long matched() {
    return matched;
  }
}
