package org.ocmcore.cache.domain.changes;

import java.util.Optional;
import java.util.Set;

/**
 * Which changes on a server are reported now.
 *
 * @param server its address
 * @param reports empty if it is not followed
 * @param reason why the other kinds are not reported, perhaps with a remedy; empty if all are
 */
public record FollowedServer(String server, Set<ChangeKind> reports, Optional<String> reason) {
  public FollowedServer {
    reports = Set.copyOf(reports);
  }

  /** The same for a caller who may not know how the server is set up: that something is missing. */
  FollowedServer withoutDetails() {
    return new FollowedServer(
        server,
        reports,
        reason.map(
            details -> "not all changes are reported here; callers who see all apps can see why"));
  }
}
