package org.ocmcore.cache.adapter.memcached;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of memcached. What follows the three numbers, such as {@code -beta1} or {@code Ubuntu},
 * does not count.
 */
record ServerVersion(int major, int minor, int patch) implements Comparable<ServerVersion> {
  /**
   * The oldest release that can be used. 1.6.10 has the meta commands in the form that they kept,
   * and 1.6.11 is the first whose feed tells sizes. Of what is older, some commands would work and
   * others not.
   */
  static final ServerVersion OLDEST = new ServerVersion(1, 6, 11);

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,5})\\.(\\d{1,5})\\.(\\d{1,5})(?:[^\\d.].*)?");

  private static final Comparator<ServerVersion> ORDER = Comparator.comparingInt(
          ServerVersion::major)
      .thenComparingInt(ServerVersion::minor)
      .thenComparingInt(ServerVersion::patch);

  /** The release that a server names; empty if that is none, as of a build from sources. */
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

  @Override
  public int compareTo(ServerVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch;
  }
}
