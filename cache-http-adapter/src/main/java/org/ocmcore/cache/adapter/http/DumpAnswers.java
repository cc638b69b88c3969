package org.ocmcore.cache.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.dump.DumpDiff;
import org.ocmcore.cache.domain.dump.DumpPage;
import org.ocmcore.cache.domain.dump.DumpResult;
import org.ocmcore.cache.domain.dump.ListedDump;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.ServerAccount;

/** The answers about dumps; those about a restore are {@link RestoreAnswer}. */
final class DumpAnswers {
  private DumpAnswers() {}

  /** A dump was made. @param skipped how many keys are not in it, by reason */
  record Dumped(
      String message,
      String dumpFile,
      String name,
      boolean complete,
      long seen,
      long entries,
      Map<String, Long> skipped,
      long bytes,
      long durationMs,
      List<Server> servers)
      implements ChangeAnswer {
    /** @param dumpFile where dumps go, as it was configured */
    static Dumped of(DumpResult report, String dumpFile) {
      DumpInfo dump = report.dump();
      return new Dumped(
          dump.complete()
              ? "Cache dumped to " + dumpFile
              : "A part of the cache dumped to " + dump.name(),
          dumpFile,
          dump.name(),
          dump.complete(),
          report.account().sum(ServerAccount::seen),
          dump.entries(),
          SkipReasons.named(report.skipped()),
          dump.bytes(),
          report.duration().toMillis(),
          Server.of(report.account()));
    }
  }

  /** What became of the keys of one server. @param failure null if there was none */
  record Server(
      String address,
      long seen,
      long written,
      long gone,
      long expired,
      long elsewhere,
      long stale,
      long tooLarge,
      long failed,
      Optional<String> failure) {
    static List<Server> of(DumpAccount account) {
      return account.servers().stream().map(Server::of).toList();
    }

    private static Server of(ServerAccount server) {
      return new Server(
          server.server(),
          server.seen(),
          server.written(),
          server.gone(),
          server.expired(),
          server.elsewhere(),
          server.stale(),
          server.tooLarge(),
          server.failed(),
          server.failure());
    }
  }

  /** The dumps that there are. */
  record Listed(List<Summary> dumps) {
    static Listed of(List<ListedDump> dumps) {
      return new Listed(dumps.stream().map(Summary::of).toList());
    }
  }

  /**
   * A dump in short.
   *
   * @param entries null if the caller is limited to some apps
   * @param bytes null likewise
   * @param current whether it is the one that has the configured name
   */
  record Summary(
      String name,
      String createdAt,
      OptionalLong entries,
      OptionalLong bytes,
      boolean valid,
      boolean complete,
      boolean current) {
    static Summary of(ListedDump dump) {
      return new Summary(
          dump.name(),
          Times.text(dump.createdAt()),
          dump.entries(),
          dump.bytes(),
          dump.valid(),
          dump.complete(),
          dump.current());
    }
  }

  /** All that is known of a dump. @param account by server; null if the dump has none */
  record Described(
      String name,
      String createdAt,
      String product,
      List<String> servers,
      long entries,
      long bytes,
      boolean valid,
      boolean complete,
      List<Damage> damages,
      Optional<List<Server>> account) {
    static Described of(DumpInfo dump) {
      return new Described(
          dump.name(),
          Times.text(dump.createdAt()),
          dump.header().product(),
          dump.header().servers(),
          dump.entries(),
          dump.bytes(),
          dump.valid(),
          dump.complete(),
          Damage.of(dump),
          dump.account().map(Server::of));
    }
  }

  /** A part of a dump that cannot be used. @param from in bytes @param to in bytes, exclusive */
  record Damage(long from, long to, String reason) {
    static List<Damage> of(DumpInfo dump) {
      return dump.damages().stream().map(Damage::of).toList();
    }

    private static Damage of(DumpDamage damage) {
      return new Damage(damage.from(), damage.to(), damage.reason());
    }
  }

  /**
   * Keys in a dump.
   *
   * @param totalKeys null if the caller is limited to some apps
   * @param keys readable forms, or a {@link Key} each if details were asked for
   * @param keysBase64 the bytes of those that are not text; left out if there are none, and where
   *     the details have them
   * @param nextCursor null on the last page
   */
  record Keys(
      String name,
      String createdAt,
      boolean valid,
      OptionalLong totalKeys,
      int count,
      List<?> keys,
      @JsonInclude(Include.NON_ABSENT) Optional<Map<String, String>> keysBase64,
      Optional<String> nextCursor) {
    static Keys of(DumpPage page, boolean details) {
      DumpInfo dump = page.dump();
      return new Keys(
          dump.name(),
          Times.text(dump.createdAt()),
          dump.valid(),
          page.total(),
          page.keys().size(),
          page.keys().stream()
              .map(key -> details ? Key.of(key, dump.createdAt()) : key.key().toString())
              .toList(),
          details
              ? Optional.empty()
              : KeyName.binaries(page.keys().stream().map(KeyInfo::key).toList()),
          cursor(page.next()));
    }

    private static Optional<String> cursor(OptionalLong next) {
      return next.isPresent() ? Optional.of(String.valueOf(next.getAsLong())) : Optional.empty();
    }
  }

  /** A key in a dump; times are those when the dump was made. */
  record Key(
      @JsonUnwrapped KeyName key,
      Optional<Long> ttlSeconds,
      long sizeBytes,
      Optional<Long> lastAccessSeconds) {
    static Key of(KeyInfo key, Instant then) {
      return new Key(
          KeyName.of(key.key()),
          Times.seconds(key.expiry().remaining(then)),
          key.size(),
          key.idle(then).map(Duration::toSeconds));
    }
  }

  /** How a dump differs from what the servers hold now. */
  record Diff(
      String name,
      String createdAt,
      boolean valid,
      long same,
      long changed,
      long onlyInDump,
      long onlyLive,
      long expired,
      List<KeyName> changedKeys,
      List<KeyName> onlyInDumpKeys,
      List<KeyName> onlyLiveKeys) {
    static Diff of(DumpDiff diff) {
      return new Diff(
          diff.dump().name(),
          Times.text(diff.dump().createdAt()),
          diff.dump().valid(),
          diff.same(),
          diff.changed().count(),
          diff.onlyInDump().count(),
          diff.onlyLive().count(),
          diff.expired(),
          KeyName.of(diff.changed().first()),
          KeyName.of(diff.onlyInDump().first()),
          KeyName.of(diff.onlyLive().first()));
    }
  }

  /** A dump was deleted. */
  record Deleted(String message, String name) implements ChangeAnswer {
    Deleted(String name) {
      this("Dump '" + name + "' deleted", name);
    }
  }
}
