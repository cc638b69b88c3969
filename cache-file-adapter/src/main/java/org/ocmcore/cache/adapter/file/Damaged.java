package org.ocmcore.cache.adapter.file;

import java.io.IOException;

/** A file is not the dump that it should be. The message says what is wrong and in which line. */
final class Damaged extends IOException {
  private static final long serialVersionUID = 1;

  Damaged(String reason) {
    super(reason);
  }
}
