package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.file.Path;
import org.ocmcore.cache.domain.error.DumpFailed;

/** The file that a dump is to become, for the messages of what keeps it from that. */
record DumpTarget(Path file) {
  /** Returns the failure, which names the file and the reason of the system. */
  DumpFailed failed(IOException cause) {
    return new DumpFailed(
        "the dump file '%s' cannot be written: %s".formatted(file, IoMessages.of(cause)), cause);
  }
}
