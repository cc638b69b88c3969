package org.ocmcore.cache.domain.pattern;

/** A pattern that is no regular expression, or none that is allowed here. */
public final class InvalidPattern extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int position;

  InvalidPattern(String reason, int position) {
    super(reason);
    this.position = position;
  }

  /** Where it is wrong, as an index into the pattern; -1 if at no place in particular. */
  public int position() {
    return position;
  }
}
