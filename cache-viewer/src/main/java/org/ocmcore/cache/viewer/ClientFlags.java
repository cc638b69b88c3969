package org.ocmcore.cache.viewer;

import java.util.Optional;

/** What a client library means by the flags of its items. Implementations have no state. */
interface ClientFlags {
  /**
   * The value that the client stored.
   *
   * @param bytes decompressed, and binary numbers as decimal text
   * @param format what the bytes are, if the flags say it
   * @param step what was done and why
   */
  record Stored(byte[] bytes, Optional<ValueFormat> format, ViewStep step) {
    Stored(byte[] bytes, Optional<ValueFormat> format, String decoder, String reason) {
      this(bytes, format, new ViewStep(decoder, reason, bytes.length));
    }
  }

  /** The name in chains, such as {@code pymemcache}. */
  String name();

  /** Whether flags and bytes together say that this client stored them. */
  boolean fits(byte[] value, long flags);

  /**
   * The value by the flags.
   *
   * @throws DecodingException if the client has no such flags, or the bytes are not what they say
   */
  Stored decode(byte[] value, long flags, ViewBudget budget);
}
