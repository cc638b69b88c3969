package org.ocmcore.cache.domain.port;

import java.time.Instant;
import java.util.OptionalLong;
import org.ocmcore.cache.domain.key.Excerpt;

/**
 * A line of the audit log. Texts are empty if they do not apply. Target and message are cut after
 * {@value #MAX_TEXT} characters of ASCII, those of a refusal after {@value #MAX_REFUSED}; any other
 * character counts as six. None of them contains a value of the cache.
 *
 * @param caller the name of the caller; empty if that is unknown
 * @param role of the caller; empty if that is unknown
 * @param address where the caller is; empty if that is this process
 * @param operation a word for what was asked for
 * @param target the key, filter, dump or job that it is about, in words
 * @param matched the number of keys that it is about
 * @param done the number of keys that were changed, dumped or restored
 * @param failure the kind of failure
 * @param message why it was refused or failed, or what else there is to say
 * @param job the id of the job that does it
 * @param request the id of the request that asked for it
 */
public record AuditEntry(
    Instant at,
    String caller,
    String role,
    String address,
    String operation,
    String target,
    OptionalLong matched,
    OptionalLong done,
    Outcome outcome,
    String failure,
    String message,
    String job,
    String request) {
  /** The most characters of a target or message. */
  public static final int MAX_TEXT = 2_000;

  /** The most characters of the target or message of a refusal. */
  public static final int MAX_REFUSED = 600;

  public AuditEntry {
    int most = outcome == Outcome.REFUSED ? MAX_REFUSED : MAX_TEXT;
    target = Excerpt.ofLogged(target, most);
    message = Excerpt.ofLogged(message, most);
  }

  /** Without a request. */
  public AuditEntry(
      Instant at,
      String caller,
      String role,
      String address,
      String operation,
      String target,
      OptionalLong matched,
      OptionalLong done,
      Outcome outcome,
      String failure,
      String message,
      String job) {
    this(
        at, caller, role, address, operation, target, matched, done, outcome, failure, message, job,
        "");
  }

  /** The same, asked for by the request with this id. */
  public AuditEntry ofRequest(String id) {
    return new AuditEntry(
        at, caller, role, address, operation, target, matched, done, outcome, failure, message, job,
        id);
  }

  /** What became of it. */
  public enum Outcome {
    /** It was done, perhaps in part: the counts say so. */
    DONE,
    /** A job began. Another entry follows when it ends. */
    STARTED,
    /** The caller may not do it. Nothing was changed. */
    REFUSED,
    /** It failed, or it was cancelled. */
    FAILED
  }

  /** An entry of the log about itself. */
  public static AuditEntry ofLog(Instant at, String operation, String message) {
    return new AuditEntry(
        at,
        "",
        "",
        "",
        operation,
        "",
        OptionalLong.empty(),
        OptionalLong.empty(),
        Outcome.DONE,
        "",
        message,
        "");
  }
}
