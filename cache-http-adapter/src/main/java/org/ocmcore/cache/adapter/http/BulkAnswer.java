package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.bulk.BulkAccount;
import org.ocmcore.cache.domain.bulk.BulkAccount.Matching;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.ServerBulkAccount;
import org.ocmcore.cache.domain.key.AppName;

/**
 * Many keys were changed.
 *
 * @param deletedCount left out unless they were deleted
 * @param refreshedCount left out unless they were refreshed
 * @param pattern left out if they were found without one, or named
 * @param asOf left out if they were named
 * @param refresh null, and so left out, unless they were refreshed
 */
record BulkAnswer(
    String message,
    @JsonInclude(Include.NON_ABSENT) OptionalLong deletedCount,
    @JsonInclude(Include.NON_ABSENT) OptionalLong refreshedCount,
    @JsonInclude(Include.NON_ABSENT) Optional<String> pattern,
    @JsonInclude(Include.NON_ABSENT) Optional<String> asOf,
    @JsonInclude(Include.NON_NULL) @JsonUnwrapped Refresh refresh,
    @JsonUnwrapped Account account)
    implements ChangeAnswer {
  static BulkAnswer of(BulkAccount report) {
    boolean isRefresh = report.change() instanceof BulkChange.Refresh;
    long done = report.sum(ServerBulkAccount::done);
    return new BulkAnswer(
        "%s %d keys%s"
            .formatted(
                isRefresh ? "Refreshed" : "Deleted",
                done,
                report
                    .matching()
                    .map(matching -> " matching " + KeyParameters.words(matching.filter()))
                    .orElse("")),
        isRefresh ? OptionalLong.empty() : OptionalLong.of(done),
        isRefresh ? OptionalLong.of(done) : OptionalLong.empty(),
        report.matching().flatMap(matching -> matching.filter().pattern()).map(Object::toString),
        report.matching().map(Matching::asOf).map(Times::text),
        Refresh.of(report.change()),
        Account.of(report));
  }

  /** A new lifetime. @param timeout in seconds; null for ever */
  record Refresh(OptionalLong timeout, double jitter) {
    /** Null if this change is none. */
    static Refresh of(BulkChange change) {
      return change instanceof BulkChange.Refresh refresh
          ? new Refresh(Times.seconds(refresh.lifetime()), refresh.jitter())
          : null;
    }
  }

  /**
   * The account of all keys.
   *
   * @param leftCount those without an answer; a server that stopped answering may have done the
   *     last ones all the same
   * @param refused the first keys that servers refused
   */
  record Account(
      long matchedCount,
      long doneCount,
      long alreadyGoneCount,
      long refusedCount,
      long leftCount,
      List<RefusedKey> refused,
      List<Server> servers,
      long durationMs) {
    static Account of(BulkAccount report) {
      return new Account(
          report.sum(ServerBulkAccount::matched),
          report.sum(ServerBulkAccount::done),
          report.sum(ServerBulkAccount::absent),
          report.sum(ServerBulkAccount::refused),
          report.sum(ServerBulkAccount::left),
          RefusedKey.of(report.refused()),
          report.servers().stream().map(Server::of).toList(),
          report.duration().toMillis());
    }
  }

  /** What became of the keys of one server. @param failure null if there was none */
  record Server(
      String address,
      long matched,
      long done,
      long alreadyGone,
      long refused,
      long left,
      Optional<String> failure) {
    static Server of(ServerBulkAccount share) {
      return new Server(
          share.server(),
          share.matched(),
          share.done(),
          share.absent(),
          share.refused(),
          share.left(),
          share.failure());
    }
  }

  /** The keys of an app were deleted. @param totalKeys how many it had */
  record AppDeleted(
      String message,
      String appName,
      long deletedCount,
      long totalKeys,
      @JsonUnwrapped Account account)
      implements ChangeAnswer {
    static AppDeleted of(AppName app, BulkAccount report) {
      return new AppDeleted(
          "App '%s' cleared".formatted(app),
          app.name(),
          report.sum(ServerBulkAccount::done),
          report.sum(ServerBulkAccount::matched),
          Account.of(report));
    }
  }
}
