package org.ocmcore.cache.adapter.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.restore.RestoredLifetime;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which entries of a dump are restored, and how. */
final class RestoreOptions {
  @Option(
      names = "--mode",
      paramLabel = "add|replace",
      description = "what becomes of keys that live: add leaves them (default)")
  private String mode = "add";

  @Option(
      names = "--ttl",
      paramLabel = "keep|shift|TIME|never",
      description =
          "keep: they end when they would have (default); shift: later by the age of the dump")
  private String ttl = "keep";

  @Option(
      names = "--placement",
      paramLabel = "origin|ring",
      description =
          "origin: each entry on the server that it came from (default); ring: where new keys go")
  private String placement = "origin";

  @Option(
      names = "--cold-only",
      description =
          "only onto servers that are empty or were started after the dump; what others lack was deleted or evicted")
  private boolean isColdOnly;

  @Option(names = "--dry-run", description = "store nothing; report what a restore would do")
  private boolean isDryRun;

  @Option(names = "--salvage", description = "restore what is intact of a damaged dump; exit 4")
  private boolean isSalvaging;

  @Mixin
  private FilterOptions filters;

  boolean isDryRun() {
    return isDryRun;
  }

  /** The lifetime as it was given. */
  String ttl() {
    return ttl;
  }

  /** The placement as it was given. */
  String placement() {
    return placement;
  }

  /** The request, of no dump yet. @throws WrongUsage if an option is wrong */
  RestoreRequest request() {
    filters.requireOfDump("--placement says where entries go");
    RestoreRequest request = RestoreRequest.MISSING
        .with(filters.filter())
        .in(parsedMode())
        .with(lifetime())
        .onto(parsedPlacement());
    request = isColdOnly ? request.ontoCold() : request;
    request = isSalvaging ? request.salvaging() : request;
    return isDryRun ? request.asDryRun() : request;
  }

  /** The same for the API, as the fields of a body. @throws WrongUsage if an option is wrong */
  Map<String, Object> fields() {
    RestoreRequest request = request();
    Map<String, Object> fields = new LinkedHashMap<>(filters.fields());
    fields.put("mode", mode);
    fields.put("ttl", ttl(request.lifetime()));
    fields.put("placement", placement);
    fields.put("cold_only", isColdOnly);
    fields.put("salvage", isSalvaging);
    fields.put("dry_run", isDryRun);
    return fields;
  }

  /** In seconds if it is a time; null for ever. */
  private Object ttl(RestoredLifetime lifetime) {
    if (lifetime instanceof RestoredLifetime.Fixed fixed) {
      return fixed.lifetime().isForever() ? null : fixed.lifetime().seconds();
    }
    return ttl;
  }

  private RestoreRequest.Mode parsedMode() {
    return switch (mode) {
      case "add" -> RestoreRequest.Mode.ADD;
      case "replace" -> RestoreRequest.Mode.REPLACE;
      default -> throw FilterOptions.wrong("--mode", mode, "it must be add or replace");
    };
  }

  private RestoreRequest.Placement parsedPlacement() {
    return switch (placement) {
      case "origin" -> RestoreRequest.Placement.ORIGIN;
      case "ring" -> RestoreRequest.Placement.RING;
      default -> throw FilterOptions.wrong("--placement", placement, "it must be origin or ring");
    };
  }

  private RestoredLifetime lifetime() {
    return switch (ttl) {
      case "keep" -> RestoredLifetime.REMAINING;
      case "shift" -> RestoredLifetime.SHIFTED;
      case "never" -> RestoredLifetime.fixed(Lifetime.FOREVER);
      default -> {
        try {
          yield RestoredLifetime.fixed(Lifetime.ofSeconds(Durations.parse(ttl).toSeconds()));
        } catch (IllegalArgumentException e) {
          throw FilterOptions.wrong(
              "--ttl",
              ttl,
              "it must be keep, shift, never or 1 to %d seconds"
                  .formatted(Lifetime.MAX.toSeconds()));
        }
      }
    };
  }
}
