package org.ocmcore.cache.domain.query;

import java.util.function.Function;

/** No key can satisfy these criteria. */
public final class ContradictoryCriteria extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient Function<Function<Criterion, String>, String> message;

  ContradictoryCriteria(Function<Function<Criterion, String>, String> message) {
    super(message.apply(Criterion::toString));
    this.message = message;
  }

  /**
   * What is contradictory, in words.
   *
   * @param names what the caller calls each criterion
   */
  public String message(Function<Criterion, String> names) {
    return message.apply(names);
  }
}
