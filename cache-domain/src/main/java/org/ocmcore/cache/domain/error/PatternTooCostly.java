package org.ocmcore.cache.domain.error;

/** A pattern needs more work than one request may use. Nothing has changed. */
public final class PatternTooCostly extends CacheException {
  private static final long serialVersionUID = 1;

  public PatternTooCostly(String pattern, String key) {
    super("the pattern \"%s\" takes too many steps; it was stopped at the key \"%s\""
        .formatted(pattern, key));
  }
}
