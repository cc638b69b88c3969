package org.ocmcore.cache.adapter.memcached;

import java.util.Optional;

/**
 * Bugs that crash a server while any client watches mutations: the one list of the releases that
 * must not be watched so. {@code watch evictions deletions} is safe on all releases
 * (docs/memcached-watch-crash.md).
 */
enum WatchHazard {
  /**
   * When the server rejects an {@code ms} as too large or out of memory, it logs a pointer instead
   * of the command's number, and the logger then reads outside its table. From 1.6.40 on; not fixed
   * in 1.6.45, the newest release in November 2026.
   */
  REFUSED_META_SET("a client stores a value by \"ms\" that the server rejects", "") {
    @Override
    boolean affects(Optional<ServerVersion> version, boolean allowsBinary) {
      return version.map(known -> !known.isBefore(new ServerVersion(1, 6, 40))).orElse(true);
    }
  },

  /**
   * When the server rejects a set of the binary protocol, it logs the slab class of an item that
   * does not exist. Up to 1.6.41.
   */
  REFUSED_BINARY_SET(
      "a client stores a value by the binary protocol that the server rejects",
      "start it with -B ascii, or, if no client uses that protocol, ") {
    @Override
    boolean affects(Optional<ServerVersion> version, boolean allowsBinary) {
      return allowsBinary
          && version.map(known -> known.isBefore(new ServerVersion(1, 6, 42))).orElse(true);
    }
  };

  private final String cause;
  private final String remedy;

  WatchHazard(String cause, String remedy) {
    this.cause = cause;
    this.remedy = remedy;
  }

  /** Returns why mutations are not watched and what the operator can do. */
  String warning(Optional<ServerVersion> version) {
    return ("stores by other clients are not watched, only walks find them: while they are watched,"
            + " memcached %s can crash when %s; %sset CACHE_FEED=on to take the risk")
        .formatted(
            version.map(ServerVersion::toString).orElse("of unknown version"), cause, remedy);
  }

  /**
   * Returns whether a server has this bug.
   *
   * @param version empty if it is unknown, which counts as affected
   * @param allowsBinary whether clients may use the binary protocol
   */
  abstract boolean affects(Optional<ServerVersion> version, boolean allowsBinary);

  /** Returns the first bug that affects a server; empty if watching mutations is safe. */
  static Optional<WatchHazard> find(Optional<ServerVersion> version, boolean allowsBinary) {
    for (WatchHazard hazard : values()) {
      if (hazard.affects(version, allowsBinary)) {
        return Optional.of(hazard);
      }
    }
    return Optional.empty();
  }
}
