package org.ocmcore.cache.viewer;

import java.util.Locale;

/** The form in which a value is shown. */
public enum ValueFormat {
  /** JSON with one member on each line. Numbers and strings keep their spelling. */
  JSON,
  /** UTF-8 text as it is. */
  TEXT,
  /** A decimal integer. */
  INTEGER,
  /** A point in time, from seconds or milliseconds since 1970. */
  TIME,
  /** Offset, hexadecimal bytes and ASCII, 16 bytes on each line. */
  HEX,
  /** MessagePack as a tree. */
  MSGPACK,
  /** PHP's {@code serialize} as a tree, with class names. */
  PHP,
  /** PHP's igbinary as a tree, with class names. */
  IGBINARY,
  /** Python's pickle as a list of its instructions. */
  PICKLE,
  /** A Java serialization stream as a tree, with class names and fields. */
  JAVA,
  /** Ruby's Marshal as a tree, with class names. */
  RUBY;

  /** The name in chains and answers, such as {@code json}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
