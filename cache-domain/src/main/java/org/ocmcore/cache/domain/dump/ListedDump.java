package org.ocmcore.cache.domain.dump;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.key.AppScope;
import org.ocmcore.cache.domain.port.DumpInfo;

/**
 * A dump in short.
 *
 * @param entries the number of entries; empty for a caller who may not see all apps
 * @param bytes the size of the file; empty likewise
 * @param valid whether it passed every check
 * @param complete whether it holds the keys of all servers
 * @param current whether it has the configured name: it is the newest good one
 */
public record ListedDump(
    String name,
    Instant createdAt,
    OptionalLong entries,
    OptionalLong bytes,
    boolean valid,
    boolean complete,
    boolean current) {
  /** @param dumps newest first */
  public static List<ListedDump> of(List<DumpInfo> dumps, AppScope scope) {
    Optional<DumpInfo> current =
        dumps.stream().filter(dump -> dump.valid() && dump.complete()).findFirst();
    return dumps.stream()
        .map(dump -> of(dump, Optional.of(dump).equals(current), scope))
        .toList();
  }

  private static ListedDump of(DumpInfo dump, boolean current, AppScope scope) {
    return new ListedDump(
        dump.name(),
        dump.createdAt(),
        scope.isAll() ? OptionalLong.of(dump.entries()) : OptionalLong.empty(),
        scope.isAll() ? OptionalLong.of(dump.bytes()) : OptionalLong.empty(),
        dump.valid(),
        dump.complete(),
        current);
  }
}
