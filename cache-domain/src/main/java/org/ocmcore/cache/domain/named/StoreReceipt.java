package org.ocmcore.cache.domain.named;

import java.util.List;

/**
 * Where a value was stored.
 *
 * @param isNew whether no server held the key before
 * @param servers the addresses of all servers that hold it now, the one that is read first
 */
public record StoreReceipt(boolean isNew, List<String> servers) {
  public StoreReceipt {
    servers = List.copyOf(servers);
  }
}
