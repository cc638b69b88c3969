package org.ocmcore.cache.app;

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

  @Override
  public void begin() {
    out.println(new JsonLine()
        .text("type", "dump")
        .text("created_at", dump.createdAt().toString())
        .text("product", dump.header().product())
        .texts("servers", dump.header().servers())
        .number("entries", dump.entries())
        .number("bytes", dump.bytes())
        .flag("valid", dump.valid())
        .flag("complete", dump.complete())
        .objects("damages", dump.damages().stream().map(JsonInspection::json).toList()));
    dump.account()
        .ifPresent(account -> account.servers().forEach(server -> out.println(json(server))));
  }

  private static JsonLine json(DumpDamage damage) {
    return new JsonLine()
        .number("from", damage.from())
        .number("to", damage.to())
        .text("reason", damage.reason());
  }

  private static JsonLine json(ServerAccount server) {
    JsonLine json = new JsonLine()
        .text("type", "server")
        .text("server", server.server())
        .number("seen", server.seen())
        .number("written", server.written())
        .number("gone", server.gone())
        .number("expired", server.expired())
        .number("elsewhere", server.elsewhere())
        .number("stale", server.stale())
        .number("too_large", server.tooLarge())
        .number("failed", server.failed());
    server.failure().ifPresent(reason -> json.text("failure", reason));
    return json;
  }

  @Override
  public void show(DumpEntry shown) {
    CacheEntry entry = shown.entry();
    JsonLine json = new JsonLine().text("type", "key").text("key", entry.key().toString());
    if (!entry.key().isVerbatim()) {
      json.text("key_base64", TerminalText.base64(entry.key().bytes()));
    }
    json.number("bytes", entry.size())
        .number("flags", entry.value().flags())
        .number("expires_at", second(entry.expiry()))
        .number("ttl_at_dump", remaining(entry.expiry(), dump.createdAt()))
        .number("ttl", remaining(entry.expiry(), now))
        .number(
            "last_access",
            shown.lastAccess() == KeyInfo.UNKNOWN
                ? OptionalLong.empty()
                : OptionalLong.of(shown.lastAccess()));
    if (showsValues && hidden.hides(entry.key())) {
      json.flag("value_hidden", true);
    } else if (showsValues) {
      byte[] value = entry.value().bytes();
      Optional<String> text = TerminalText.text(value);
      json.text(
          text.isPresent() ? "value" : "value_base64",
          text.orElseGet(() -> TerminalText.base64(value)));
    }
    out.println(json);
  }

  private static OptionalLong second(Expiry expiry) {
    return expiry.isNever() ? OptionalLong.empty() : OptionalLong.of(expiry.epochSecond());
  }

  /** The remaining lifetime in seconds, 0 if it has expired, empty (JSON null) for never. */
  private static OptionalLong remaining(Expiry expiry, Instant at) {
    return expiry
        .remaining(at)
        .map(left -> OptionalLong.of(left.toSeconds()))
        .orElse(OptionalLong.empty());
  }

  @Override
  public void end(long matching, long shown, List<AppTotals.Total> apps) {
    for (AppTotals.Total total : apps) {
      out.println(new JsonLine()
          .text("type", "app")
          .text("app", total.app())
          .number("keys", total.keys())
          .number("bytes", total.bytes()));
    }
    out.println(
        new JsonLine().text("type", "end").number("matching", matching).number("shown", shown));
  }
}
