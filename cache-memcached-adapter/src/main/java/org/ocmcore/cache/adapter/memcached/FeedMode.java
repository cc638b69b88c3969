package org.ocmcore.cache.adapter.memcached;

import java.util.Locale;

/** Which changes to watch servers for. */
public enum FeedMode {
  /** All changes that a server can report without the risk of a crash; see {@link WatchHazard}. */
  AUTO,
  /** All changes that a server can report, even if that can crash it. */
  ON,
  /** No changes. */
  OFF;

  /**
   * Returns the mode with this name.
   *
   * @param name in lower case
   * @throws IllegalArgumentException if no mode has this name; the message lists all names
   */
  public static FeedMode named(String name) {
    for (FeedMode mode : values()) {
      if (mode.toString().equals(name)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("it must be auto, on or off");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
