package org.ocmcore.cache.adapter.http;

import java.util.Optional;
import java.util.Set;

/** Deletes every key. @param isConfirmed whether the body says so */
record ClearRequest(boolean isConfirmed) {
  private static final String CONFIRM = "confirm";
  private static final String WORD = "clear";

  /** The fields that it takes. */
  static final Set<String> FIELDS = Set.of(CONFIRM);

  /** What a request without the confirmation must add. */
  static final String REMEDY = "send the body {\"%s\": \"%s\"}".formatted(CONFIRM, WORD);

  static ClearRequest parse(RawRequest request) {
    Optional<String> given = request.body().text(CONFIRM);
    given.filter(word -> !word.equals(WORD)).ifPresent(word -> {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER, "%s is \"%s\", it must be \"%s\"".formatted(CONFIRM, word, WORD));
    });
    return new ClearRequest(given.isPresent());
  }
}
