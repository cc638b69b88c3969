package org.ocmcore.cache.adapter.file;

import java.io.IOException;

/** A line of an audit log is not what was written; the message says why. */
final class BrokenAudit extends IOException {
  private static final long serialVersionUID = 1;

  BrokenAudit(String message) {
    super(message);
  }
}
