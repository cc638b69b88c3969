package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.changes.ChangeKind;
import org.ocmcore.cache.domain.changes.FollowedServer;
import org.ocmcore.cache.domain.changes.KeyChange;
import org.ocmcore.cache.domain.changes.SkippedChanges;

/** The data of the events that a client who follows changes receives. */
final class ChangeEvents {
  private ChangeEvents() {}

  /** A change of one key. @param sizeBytes left out if the feed does not report it */
  record Change(
      String kind,
      @JsonUnwrapped KeyName key,
      String server,
      String at,
      @JsonInclude(Include.NON_ABSENT) OptionalLong sizeBytes) {
    static Change of(KeyChange change) {
      return new Change(
          change.kind().toString(),
          KeyName.of(change.key()),
          change.server(),
          Times.text(change.at()),
          change.size());
    }
  }

  /**
   * Changes that are left out.
   *
   * @param count null if the client may not know
   * @param server null if it is not known
   */
  record Skipped(OptionalLong count, Optional<String> server, String reason) {
    static Skipped of(SkippedChanges skipped) {
      return new Skipped(skipped.count(), skipped.server(), skipped.reason().toString());
    }
  }

  /** Which servers are followed. @param hint about the request; left out if it is clear */
  record Servers(
      List<Server> servers, @JsonInclude(Include.NON_ABSENT) Optional<String> hint) {
    static Servers of(List<FollowedServer> servers, FollowRequest request) {
      return new Servers(servers.stream().map(Server::of).toList(), request.hint());
    }
  }

  /**
   * How one server is followed.
   *
   * @param reports the reported kinds of change, in the order of the API
   * @param reason why the others are not; left out if all are
   */
  record Server(
      String address,
      List<String> reports,
      @JsonInclude(Include.NON_ABSENT) Optional<String> reason) {
    static Server of(FollowedServer server) {
      return new Server(
          server.server(),
          server.reports().stream().sorted().map(ChangeKind::toString).toList(),
          server.reason());
    }
  }
}
