package org.ocmcore.cache.adapter.file;

import java.time.Instant;
import org.ocmcore.cache.domain.port.DumpInfo;

/**
 * What a whole dump amounts to.
 *
 * @param bytes size of the file
 * @param sha256 of all bytes before the trailer, in hexadecimal
 */
record DumpSummary(Instant createdAt, long entries, long bytes, String sha256) {
  DumpInfo named(String name) {
    return new DumpInfo(name, createdAt, entries, bytes, true);
  }
}
