package org.ocmcore.cache.app;

import org.ocmcore.cache.adapter.http.HttpApi;
import org.ocmcore.cache.domain.port.AuditEntry;
import org.ocmcore.cache.domain.port.AuditPort;
import org.slf4j.MDC;

/** Adds the id of the request for which a thread works to each entry. */
final class RequestAudit implements AuditPort {
  private final AuditPort log;

  RequestAudit(AuditPort log) {
    this.log = log;
  }

  @Override
  public void record(AuditEntry entry) {
    String id = MDC.get(HttpApi.REQUEST_ID);
    log.record(id == null ? entry : entry.ofRequest(id));
  }

  @Override
  public void requireWritable() {
    log.requireWritable();
  }

  @Override
  public void close() {
    log.close();
  }
}
