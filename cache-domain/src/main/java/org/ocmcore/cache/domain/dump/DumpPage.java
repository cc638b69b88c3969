package org.ocmcore.cache.domain.dump;

import java.util.List;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.port.DumpInfo;

/**
 * A page of the keys of a dump.
 *
 * @param total the number of entries; empty if the caller may not see all apps
 * @param keys as of the time of the dump; they name no server
 * @param next where the next page begins; empty if there are no more keys
 */
public record DumpPage(DumpInfo dump, OptionalLong total, List<KeyInfo> keys, OptionalLong next) {
  public DumpPage {
    keys = List.copyOf(keys);
  }
}
