package org.ocmcore.cache.domain.tracking;

import java.util.Optional;
import org.ocmcore.cache.domain.error.StoreUnavailable;

/** Says why some keys of a server that answers may be missing. */
final class MissingKeys {
  private MissingKeys() {}

  /**
   * The reason in words; empty if no keys are missing.
   *
   * @param isFeedDoubted whether the feed went silent since the last walk
   */
  static Optional<String> reason(
      WalkHistory history, boolean reportsStores, boolean isFeedDoubted) {
    if (history.isJoining()) {
      return Optional.of("it has joined the cache, and its keys are missing until it is walked");
    }
    if (history.isEmptied()) {
      return Optional.of(
          "its keys did not fit into the index, and are missing until a walk succeeds");
    }
    Optional<StoreUnavailable> refusal = history.refusal();
    if (refusal.isPresent()) {
      String known = "written here" + (reportsStores ? " or reported by its feed" : "");
      return Optional.of("only keys %s are known, since it cannot be walked: %s"
          .formatted(known, refusal.get().reason()));
    }
    return isFeedDoubted
        ? Optional.of(
            "what others changed lately may be missing until it is walked, since its feed went silent")
        : Optional.empty();
  }
}
