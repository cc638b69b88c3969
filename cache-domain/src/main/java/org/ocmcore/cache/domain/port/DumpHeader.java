package org.ocmcore.cache.domain.port;

import java.time.Instant;
import java.util.List;

/**
 * The header of a dump.
 *
 * @param createdAt the time that the dump represents
 * @param servers the addresses that it was taken from; empty for a file of another tool
 * @param product the version of the program that wrote it; empty if unknown; the format of a file
 *     of another tool
 */
public record DumpHeader(Instant createdAt, List<String> servers, String product) {
  public DumpHeader {
    servers = List.copyOf(servers);
  }
}
