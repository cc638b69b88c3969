package org.ocmcore.cache.domain.named;

import java.util.List;
import org.ocmcore.cache.domain.entry.Lifetime;

/**
 * What was stored, and where.
 *
 * @param isNew whether no server held the key before
 * @param servers the addresses of all servers that hold it now, the one that is read first
 * @param flags of the stored value
 * @param lifetime of the stored value
 */
public record StoreReceipt(boolean isNew, List<String> servers, long flags, Lifetime lifetime) {
  public StoreReceipt {
    servers = List.copyOf(servers);
  }
}
