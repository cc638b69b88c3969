package org.ocmcore.cache.domain.pattern;

/** A pattern that is not a regular expression, or not one that is allowed here. */
public final class InvalidPattern extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int position;

  InvalidPattern(String reason, int position) {
    super(reason);
    this.position = position;
  }

  /** The index of the error in the pattern; -1 if no single position is wrong. */
  public int position() {
    return position;
  }
}
