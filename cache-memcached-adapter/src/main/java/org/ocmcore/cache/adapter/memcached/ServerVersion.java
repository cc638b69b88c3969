package org.ocmcore.cache.adapter.memcached;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of memcached. A suffix after the three numbers, such as {@code -beta1} or
 * {@code Ubuntu}, is ignored.
 */
record ServerVersion(int major, int minor, int patch) implements Comparable<ServerVersion> {
  /**
   * The oldest supported release. 1.6.10 is the first with the current form of the meta commands,
   * 1.6.11 the first whose feed reports sizes. An older release supports only some of the commands.
   */
  static final ServerVersion OLDEST = new ServerVersion(1, 6, 11);

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,5})\\.(\\d{1,5})\\.(\\d{1,5})(?:[^\\d.].*)?");

  /** Returns the release that a server names; empty if it names none, as a build from source. */
  static Optional<ServerVersion> parse(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(new ServerVersion(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3))))
        : Optional.empty();
  }

  boolean isBefore(ServerVersion other) {
    return compareTo(other) < 0;
  }

  /** Without a Comparator, whose parts Java makes anew at each start of a command. */
  @Override
  public int compareTo(ServerVersion other) {
    int order = Integer.compare(major, other.major);
    if (order == 0) {
      order = Integer.compare(minor, other.minor);
    }
    return order == 0 ? Integer.compare(patch, other.patch) : order;
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
