package org.ocmcore.cache.adapter.file;

import java.io.IOException;

/** A file is not the dump that it should be. The message says what is wrong and in which line. */
final class CorruptDumpException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean throughout;

  CorruptDumpException(String reason) {
    this(reason, false);
  }

  private CorruptDumpException(String reason, boolean throughout) {
    super(reason);
    this.throughout = throughout;
  }

  /** Nothing in the file can be read, or may be. */
  static CorruptDumpException throughout(String reason) {
    return new CorruptDumpException(reason, true);
  }

  boolean isThroughout() {
    return throughout;
  }
}
