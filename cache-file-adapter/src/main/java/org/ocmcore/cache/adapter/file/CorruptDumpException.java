package org.ocmcore.cache.adapter.file;

import java.io.IOException;

/** A file is no valid dump. The message says what is wrong and where. */
final class CorruptDumpException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean coveringWholeFile;

  CorruptDumpException(String reason) {
    this(reason, false);
  }

  private CorruptDumpException(String reason, boolean coveringWholeFile) {
    super(reason);
    this.coveringWholeFile = coveringWholeFile;
  }

  /** A corruption that makes the whole file unreadable, such as a newer format version. */
  static CorruptDumpException coveringWholeFile(String reason) {
    return new CorruptDumpException(reason, true);
  }

  boolean coversWholeFile() {
    return coveringWholeFile;
  }
}
