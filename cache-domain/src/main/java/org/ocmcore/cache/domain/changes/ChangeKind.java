package org.ocmcore.cache.domain.changes;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What has happened to a key. */
public enum ChangeKind {
  /** A client stored, replaced or changed its value. */
  STORED,
  /**
   * A client deleted it, or replaced it by a value that has expired already or that the server
   * refused.
   */
  DELETED,
  /** The server removed it before its expiry to make room. */
  EVICTED;

  /**
   * The kind with this name in lower case.
   *
   * @throws IllegalArgumentException if there is none; the message lists all names
   */
  public static ChangeKind named(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "\"%s\" is no kind of change; the kinds are %s".formatted(name, names())));
  }

  private static String names() {
    return Arrays.stream(values()).map(ChangeKind::toString).collect(Collectors.joining(", "));
  }

  /** The name in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
