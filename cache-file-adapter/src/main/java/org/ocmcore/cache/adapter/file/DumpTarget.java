package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.file.Path;
import org.ocmcore.cache.domain.error.DumpFailed;

/** The file that a dump is to become, for the messages of what keeps it from that. */
record DumpTarget(Path file) {
  /** The failure, which names the file without its folder, and the reason. */
  DumpFailed failed(IOException cause) {
    return new DumpFailed(
        "the dump %s could not be written: %s".formatted(file.getFileName(), IoMessages.of(cause)),
        cause);
  }
}
