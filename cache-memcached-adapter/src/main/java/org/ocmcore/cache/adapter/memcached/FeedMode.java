package org.ocmcore.cache.adapter.memcached;

import java.util.Locale;

/** Which changes servers are watched for. */
public enum FeedMode {
  /** All that a server can tell without danger to it: see {@link WatchHazard}. */
  AUTO,
  /** All that a server can tell, also where that can crash it. */
  ON,
  /** None. */
  OFF;

  /**
   * The mode of this name, in lower case.
   *
   * @throws IllegalArgumentException if there is none; the message names all
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
