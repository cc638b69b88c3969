package org.ocmcore.cache.adapter.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ocmcore.cache.domain.dump.DumpDiff;
import org.ocmcore.cache.domain.dump.DumpResult;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.KeyProblem;
import org.ocmcore.cache.domain.port.ServerAccount;
import org.ocmcore.cache.domain.restore.RestoreAccount;
import org.ocmcore.cache.domain.restore.RestoreRequest;
import org.ocmcore.cache.domain.restore.RestoredLifetime;

/** What is told of dumps and of work with them, to who waited for it and to who asks later. */
final class DumpAnswers {
  private final ServiceInfo service;

  DumpAnswers(ServiceInfo service) {
    this.service = service;
  }

  Map<String, Object> dumped(DumpResult report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    boolean complete = report.dump().complete();
    fields.put(
        "message",
        complete
            ? "Cache dumped to " + service.dumpFile()
            : "A part of the cache dumped to " + report.dump().name());
    fields.put("dump_file", service.dumpFile());
    fields.put("name", report.dump().name());
    fields.put("complete", complete);
    fields.put("seen", report.account().sum(ServerAccount::seen));
    fields.put("entries", report.dump().entries());
    fields.put("skipped", report.skipped());
    fields.put("bytes", report.dump().bytes());
    fields.put("duration_ms", report.duration().toMillis());
    fields.put("servers", servers(report.account()));
    return fields;
  }

  private static List<Map<String, Object>> servers(DumpAccount account) {
    return account.servers().stream().map(DumpAnswers::server).toList();
  }

  private static Map<String, Object> server(ServerAccount server) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("address", server.server());
    fields.put("seen", server.seen());
    fields.put("written", server.written());
    fields.put("gone", server.gone());
    fields.put("expired", server.expired());
    fields.put("elsewhere", server.elsewhere());
    fields.put("too_large", server.tooLarge());
    fields.put("failed", server.failed());
    fields.put("failure", server.failure().orElse(null));
    return fields;
  }

  /** In short. @param current whether it is the one that has the configured name */
  static Map<String, Object> summary(DumpInfo dump, boolean current) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", dump.name());
    fields.put("created_at", Times.text(dump.createdAt()));
    fields.put("entries", dump.entries());
    fields.put("bytes", dump.bytes());
    fields.put("valid", dump.valid());
    fields.put("complete", dump.complete());
    fields.put("current", current);
    return fields;
  }

  /** All that is known of it. */
  static Map<String, Object> described(DumpInfo dump) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", dump.name());
    fields.put("created_at", Times.text(dump.createdAt()));
    fields.put("product", dump.header().product());
    fields.put("servers", dump.header().servers());
    fields.put("entries", dump.entries());
    fields.put("bytes", dump.bytes());
    fields.put("valid", dump.valid());
    fields.put("complete", dump.complete());
    fields.put("damages", damages(dump));
    fields.put("account", dump.account().map(DumpAnswers::servers).orElse(null));
    return fields;
  }

  private static List<Map<String, Object>> damages(DumpInfo dump) {
    return dump.damages().stream().map(DumpAnswers::damage).toList();
  }

  private static Map<String, Object> damage(DumpDamage damage) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("from", damage.from());
    fields.put("to", damage.to());
    fields.put("reason", damage.reason());
    return fields;
  }

  static Map<String, Object> restored(RestoreRequest request, RestoreAccount report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(
        "message",
        "%d entries of '%s' %s"
            .formatted(
                report.restored(),
                report.dump().name(),
                request.dryRun() ? "would be restored" : "restored"));
    fields.put("name", report.dump().name());
    fields.put("created_at", Times.text(report.dump().createdAt()));
    fields.put("ttl", ttl(request.lifetime()));
    fields.put("dry_run", request.dryRun());
    fields.put("restored", report.restored());
    fields.put("skipped", report.skipped());
    fields.put("failed", report.failed());
    fields.put("refused", report.refused().stream().map(DumpAnswers::refused).toList());
    if (request.salvage()) {
      fields.put("damages", damages(report.dump()));
    }
    fields.put("duration_ms", report.duration().toMillis());
    return fields;
  }

  private static Object ttl(RestoredLifetime lifetime) {
    if (lifetime instanceof RestoredLifetime.Fixed fixed) {
      return fixed.lifetime().isForever() ? null : fixed.lifetime().seconds();
    }
    return lifetime.equals(RestoredLifetime.SHIFTED) ? "shift" : "keep";
  }

  private static Map<String, Object> refused(KeyProblem problem) {
    Map<String, Object> fields = named(problem.key());
    fields.put("reason", problem.reason());
    return fields;
  }

  private static Map<String, Object> named(CacheKey key) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("key", key.toString());
    if (!key.isText()) {
      fields.put("key_base64", KeyJson.base64(key));
    }
    return fields;
  }

  static Map<String, Object> differing(DumpDiff diff) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", diff.dump().name());
    fields.put("created_at", Times.text(diff.dump().createdAt()));
    fields.put("valid", diff.dump().valid());
    fields.put("same", diff.same());
    fields.put("changed", diff.changed().count());
    fields.put("only_in_dump", diff.onlyInDump().count());
    fields.put("only_live", diff.onlyLive().count());
    fields.put("expired", diff.expired());
    fields.put("changed_keys", names(diff.changed()));
    fields.put("only_in_dump_keys", names(diff.onlyInDump()));
    fields.put("only_live_keys", names(diff.onlyLive()));
    return fields;
  }

  private static List<Map<String, Object>> names(DumpDiff.Sort sort) {
    return sort.first().stream().map(DumpAnswers::named).toList();
  }
}
