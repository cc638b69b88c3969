package org.ocmcore.cache.adapter.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ocmcore.cache.domain.dump.DumpReport;
import org.ocmcore.cache.domain.dump.RestoreReport;
import org.ocmcore.cache.domain.dump.RestoreRequest;

/** What is told of a dump or restore that is done, to who waited for it and to who asks later. */
final class DumpAnswers {
  private final ServiceInfo service;

  DumpAnswers(ServiceInfo service) {
    this.service = service;
  }

  Map<String, Object> dumped(DumpReport report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("message", "Cache dumped to " + service.dumpFile());
    fields.put("dump_file", service.dumpFile());
    fields.put("entries", report.dump().entries());
    fields.put("skipped", report.skipped());
    fields.put("bytes", report.dump().bytes());
    fields.put("duration_ms", report.duration().toMillis());
    return fields;
  }

  static Map<String, Object> restored(RestoreRequest request, RestoreReport report) {
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
    fields.put("dry_run", request.dryRun());
    fields.put("restored", report.restored());
    fields.put("skipped", report.skipped());
    fields.put("failed", report.failed());
    fields.put("duration_ms", report.duration().toMillis());
    return fields;
  }
}
