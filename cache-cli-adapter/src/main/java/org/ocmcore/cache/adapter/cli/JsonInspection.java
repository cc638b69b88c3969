package org.ocmcore.cache.adapter.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.access.HiddenValues;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.ServerAccount;

/** Prints lines for scripts, each a JSON object whose {@code type} names its subject. */
final class JsonInspection implements Inspection {
  private final PrintStream out;
  private final DumpInfo dump;
  private final boolean showsValues;
  private final HiddenValues hidden;
  private final Instant now;

  JsonInspection(
      PrintStream out, DumpInfo dump, boolean showsValues, HiddenValues hidden, Instant now) {
    this.out = out;
    this.dump = dump;
    this.showsValues = showsValues;
    this.hidden = hidden;
    this.now = now;
  }

  private record DumpLine(
      String type,
      String createdAt,
      String product,
      List<String> servers,
      long entries,
      long bytes,
      boolean valid,
      boolean complete,
      List<DamageJson> damages) {}

  private record DamageJson(long from, long to, String reason) {
    static DamageJson of(DumpDamage damage) {
      return new DamageJson(damage.from(), damage.to(), damage.reason());
    }
  }

  private record ServerLine(
      String type,
      String server,
      long seen,
      long written,
      long gone,
      long expired,
      long elsewhere,
      long stale,
      long tooLarge,
      long failed,
      @JsonInclude(Include.NON_ABSENT) Optional<String> failure) {
    static ServerLine of(ServerAccount server) {
      return new ServerLine(
          "server",
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

  /** The times are in seconds, and null for never. */
  private record KeyLine(
      String type,
      String key,
      @JsonInclude(Include.NON_ABSENT) Optional<String> keyBase64,
      long bytes,
      long flags,
      OptionalLong expiresAt,
      OptionalLong ttlAtDump,
      OptionalLong ttl,
      OptionalLong lastAccess,
      @JsonUnwrapped ValueJson value) {}

  @JsonInclude(Include.NON_ABSENT)
  private record ValueJson(
      @JsonProperty("value_hidden") Optional<Boolean> isHidden,
      Optional<String> value,
      Optional<String> valueBase64) {
    static final ValueJson NONE =
        new ValueJson(Optional.empty(), Optional.empty(), Optional.empty());
  }

  private record AppLine(String type, String app, long keys, long bytes) {}

  private record EndLine(String type, long matching, long shown) {}

  private void print(Object line) {
    out.println(JsonOutput.line(line));
  }

  @Override
  public void begin() {
    print(new DumpLine(
        "dump",
        dump.createdAt().toString(),
        dump.header().product(),
        dump.header().servers(),
        dump.entries(),
        dump.bytes(),
        dump.valid(),
        dump.complete(),
        dump.damages().stream().map(DamageJson::of).toList()));
    dump.account()
        .ifPresent(account -> account.servers().forEach(server -> print(ServerLine.of(server))));
  }

  @Override
  public void show(DumpEntry shown) {
    CacheEntry entry = shown.entry();
    print(new KeyLine(
        "key",
        entry.key().toString(),
        Views.base64(entry.key()),
        entry.size(),
        entry.value().flags(),
        second(entry.expiry()),
        remaining(entry.expiry(), dump.createdAt()),
        remaining(entry.expiry(), now),
        shown.lastAccess() == KeyInfo.UNKNOWN
            ? OptionalLong.empty()
            : OptionalLong.of(shown.lastAccess()),
        showsValues ? value(entry) : ValueJson.NONE));
  }

  private ValueJson value(CacheEntry entry) {
    if (hidden.hides(entry.key())) {
      return new ValueJson(Optional.of(true), Optional.empty(), Optional.empty());
    }
    byte[] value = entry.value().bytes();
    Optional<String> text = TerminalText.text(value);
    return new ValueJson(
        Optional.empty(),
        text,
        text.isPresent() ? Optional.empty() : Optional.of(TerminalText.base64(value)));
  }

  private static OptionalLong second(Expiry expiry) {
    return expiry.isNever() ? OptionalLong.empty() : OptionalLong.of(expiry.epochSecond());
  }

  /** The remaining lifetime in seconds, 0 if it has expired, empty for never. */
  private static OptionalLong remaining(Expiry expiry, Instant at) {
    return expiry
        .remaining(at)
        .map(left -> OptionalLong.of(left.toSeconds()))
        .orElse(OptionalLong.empty());
  }

  @Override
  public void end(long matching, long shown, List<AppTotals.Total> apps) {
    for (AppTotals.Total total : apps) {
      print(new AppLine("app", total.app(), total.keys(), total.bytes()));
    }
    print(new EndLine("end", matching, shown));
  }
}
