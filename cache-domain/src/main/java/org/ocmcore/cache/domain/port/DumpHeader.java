package org.ocmcore.cache.domain.port;

import java.time.Instant;
import java.util.List;

/**
 * What a dump says of itself before its entries.
 *
 * @param createdAt the moment that it stands for
 * @param servers the addresses that it was taken from
 * @param product the version of the program that wrote it; empty if it does not say
 */
public record DumpHeader(Instant createdAt, List<String> servers, String product) {
  public DumpHeader {
    servers = List.copyOf(servers);
  }
}
