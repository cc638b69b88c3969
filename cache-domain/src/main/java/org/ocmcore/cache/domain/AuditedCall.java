package org.ocmcore.cache.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.bulk.BulkChange;
import org.ocmcore.cache.domain.bulk.BulkRequest;
import org.ocmcore.cache.domain.entry.Lifetime;
import org.ocmcore.cache.domain.key.AppName;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.key.Excerpt;
import org.ocmcore.cache.domain.restore.RestoreRequest;

/**
 * A management call in words, for the audit log.
 *
 * @param operation a word for what is asked for
 * @param target what it is about, without values; empty if the operation says everything
 */
record AuditedCall(String operation, String target) {
  /** The most named keys that are listed. */
  private static final int LISTED = 100;

  /** The most characters of ASCII that they take. */
  private static final int LISTED_SIZE = 1_500;

  static AuditedCall of(String operation) {
    return new AuditedCall(operation, "");
  }

  static AuditedCall ofKey(String operation, CacheKey key) {
    return new AuditedCall(operation, quoted(key));
  }

  static AuditedCall ofRefresh(CacheKey key, Lifetime lifetime) {
    return new AuditedCall(
        "refresh", quoted(key) + "; " + new BulkChange.Refresh(lifetime, 0).manner());
  }

  static AuditedCall ofKeys(BulkChange change, List<CacheKey> keys) {
    String manner = change.manner().isEmpty() ? "" : "; " + change.manner();
    return new AuditedCall(change.verb() + "-keys", listed(keys) + manner);
  }

  static AuditedCall ofKeys(String operation, List<CacheKey> keys) {
    return new AuditedCall(operation, listed(keys));
  }

  private static String listed(List<CacheKey> keys) {
    List<String> names = new ArrayList<>();
    int size = 0;
    for (CacheKey key : keys) {
      String name = quotedName(key.toString());
      size += Excerpt.size(name);
      if (names.size() == LISTED || size > LISTED_SIZE) {
        break;
      }
      names.add(name);
    }
    String listed = "keys " + String.join(", ", names);
    int more = keys.size() - names.size();
    return more > 0 ? "%s and %d more".formatted(listed, more) : listed;
  }

  static AuditedCall ofMatching(BulkRequest request) {
    return new AuditedCall(request.change().verb() + "-matching", request.about());
  }

  /** The preview of that. */
  static AuditedCall ofPreview(BulkRequest request) {
    return new AuditedCall("preview-" + ofMatching(request).operation, request.about());
  }

  /** The preview of {@link #ofKeys(BulkChange, List)}. */
  static AuditedCall ofPreview(BulkChange change, List<CacheKey> keys) {
    AuditedCall call = ofKeys(change, keys);
    return new AuditedCall("preview-" + call.operation, call.target);
  }

  static AuditedCall ofDeletion(AppName app) {
    return new AuditedCall("delete-app", "app " + quotedName(app.name()));
  }

  static AuditedCall ofInterval(String operation, Duration interval) {
    return new AuditedCall(operation, "every %d s".formatted(interval.toSeconds()));
  }

  static AuditedCall ofDeletedDump(String name, Optional<Instant> createdAt) {
    String time = createdAt.map(known -> " of " + known).orElse("");
    return new AuditedCall("delete-dump", "dump " + quotedName(name) + time);
  }

  static AuditedCall ofDump(String operation, String name) {
    return new AuditedCall(operation, "dump " + quotedName(name));
  }

  static AuditedCall ofRestore(RestoreRequest request) {
    return new AuditedCall(request.dryRun() ? "preview-restore" : "restore", request.about());
  }

  private static String quoted(CacheKey key) {
    return "key " + quotedName(key.toString());
  }

  private static String quotedName(String name) {
    return "'" + Excerpt.ofName(name) + "'";
  }
}
