package org.ocmcore.cache.domain.dump;

import java.util.List;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.port.DumpInfo;

/**
 * Some keys of a dump.
 *
 * @param keys as they were when the dump was made; they name no server
 * @param next from where to go on; empty if there are no more
 */
public record DumpPage(DumpInfo dump, List<KeyInfo> keys, OptionalLong next) {
  public DumpPage {
    keys = List.copyOf(keys);
  }
}
