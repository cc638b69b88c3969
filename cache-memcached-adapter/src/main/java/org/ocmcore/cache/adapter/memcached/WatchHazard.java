package org.ocmcore.cache.adapter.memcached;

import java.util.Optional;

/**
 * Faults by which a server ends with a segmentation fault while any client has {@code watch
 * mutations} open: the one list of releases that must not be watched so. {@code watch evictions
 * deletions} is safe on all of them (docs/memcached-watch-crash.md).
 */
enum WatchHazard {
  /**
   * An {@code ms} that the server refuses, too large or out of memory, is logged with a pointer in
   * the place of the command's number, by which the logger reads outside of its table. Since
   * 1.6.40; in 1.6.45, the newest in November 2026, it is not mended.
   */
  REFUSED_META_SET("a client stores a value by \"ms\" that it refuses", "") {
    @Override
    boolean threatens(Optional<ServerVersion> version, boolean speaksBinary) {
      return version.map(known -> !known.isBefore(new ServerVersion(1, 6, 40))).orElse(true);
    }
  },

  /**
   * A set of the binary protocol that the server refuses is logged with the size class of the item
   * that could not be made. Up to 1.6.41.
   */
  REFUSED_BINARY_SET(
      "a client of the binary protocol stores a value that it refuses",
      "start it with -B ascii, or, if no client uses that protocol, ") {
    @Override
    boolean threatens(Optional<ServerVersion> version, boolean speaksBinary) {
      return speaksBinary
          && version.map(known -> known.isBefore(new ServerVersion(1, 6, 42))).orElse(true);
    }
  };

  private final String cause;
  private final String remedy;

  WatchHazard(String cause, String remedy) {
    this.cause = cause;
    this.remedy = remedy;
  }

  /** Why mutations are not watched, and what can be done. */
  String warning(Optional<ServerVersion> version) {
    return "stores by other clients are not watched, and found by walks: memcached %s can crash when %s while they are; %sset CACHE_FEED=on to take the risk"
        .formatted(
            version.map(ServerVersion::toString).orElse("of its unknown version"), cause, remedy);
  }

  /**
   * Whether a server has it.
   *
   * @param version empty if it is not known
   * @param speaksBinary whether clients may use the binary protocol
   */
  abstract boolean threatens(Optional<ServerVersion> version, boolean speaksBinary);

  /** The first that a server has; empty if mutations can be watched without danger. */
  static Optional<WatchHazard> of(Optional<ServerVersion> version, boolean speaksBinary) {
    for (WatchHazard hazard : values()) {
      if (hazard.threatens(version, speaksBinary)) {
        return Optional.of(hazard);
      }
    }
    return Optional.empty();
  }
}
