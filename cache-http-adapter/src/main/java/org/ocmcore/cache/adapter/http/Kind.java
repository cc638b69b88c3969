package org.ocmcore.cache.adapter.http;

/** The kinds of problem in answers. The type, status and title of each never change. */
enum Kind {
  BAD_REQUEST(
      "bad-request",
      400,
      "Bad request",
      "the request is no valid HTTP, its path is ambiguous, or a trusted proxy sent a malformed header"),
  PATTERN_REQUIRED(
      "pattern-required",
      400,
      "Pattern parameter is required",
      "no pattern, or an empty one; a change needs none if a filter leaves keys out"),
  INVALID_PATTERN(
      "invalid-pattern",
      400,
      "Invalid regex pattern",
      "no regular expression, over 1,000 characters, or too many repetitions of nothing; names the position"),
  INVALID_KEY(
      "invalid-key",
      400,
      "Invalid key",
      "no key; in a path: not 1 to 250 bytes of UTF-8 without spaces and control characters; as `key_base64`: not the base64 of 1 to 250 bytes"),
  INVALID_PARAMETER(
      "invalid-parameter",
      400,
      "Invalid parameter",
      "a parameter or field of the wrong form; names it and its value"),
  CONFIRMATION_REQUIRED(
      "confirmation-required",
      400,
      "A confirmation is required",
      "clearing every server needs `{\"confirm\": \"clear\"}` here"),
  INVALID_BODY("invalid-body", 400, "JSON parse error", "the body is not a JSON object"),
  MANAGEMENT_FORBIDDEN(
      "management-forbidden",
      403,
      "This operation is only available in development environment",
      "a change in production"),
  UNAUTHORIZED(
      "unauthorized",
      401,
      "A valid token is required",
      "no token, or one that is unknown or expired, or has changed since the request began"),
  ROLE_REQUIRED(
      "role-required",
      403,
      "The caller's role does not include this",
      "the caller's role does not include this; `role` names the least that does"),
  OUTSIDE_APPS(
      "outside-apps",
      403,
      "The caller is limited to other apps",
      "the caller is limited to some apps, and this concerns others"),
  TOO_MANY_REQUESTS(
      "too-many-requests",
      429,
      "Too many requests at once",
      "too many requests at once, in all or from this address; see `Retry-After`"),
  TOO_MANY_FAILURES(
      "too-many-failures",
      429,
      "Too many wrong tokens",
      "too many wrong tokens from this address; see `Retry-After`"),
  VALUE_HIDDEN(
      "value-hidden",
      403,
      "The value is hidden",
      "`CACHE_HIDE_VALUES` hides the value from everybody"),
  CROSS_SITE_REQUEST(
      "cross-site-request", 403, "Cross-site request", "a page of another site sent it"),
  NO_SUCH_PATH("no-such-path", 404, "No such path", "unknown path"),
  KEY_NOT_FOUND("key-not-found", 404, "Key not found", "the key does not exist"),
  APP_NOT_FOUND("app-not-found", 404, "App not found", "the app has no keys"),
  DUMP_NOT_FOUND("dump-not-found", 404, "Dump not found", "there is no dump with this name"),
  JOB_NOT_FOUND(
      "job-not-found",
      404,
      "Job not found",
      "there is no job with this id, or it was forgotten after a hundred others of the same caller, or two hundred of all (the caller who has the most loses the oldest)"),
  PLAN_NOT_FOUND(
      "plan-not-found",
      404,
      "Plan not found",
      "there is no plan with this name; plans are forgotten after an hour, at a restart, and after 200 others of the same caller, or 1,000 of all (the caller who has the most loses the oldest)"),
  METHOD_NOT_ALLOWED(
      "method-not-allowed",
      405,
      "Method not allowed",
      "the path does not take this verb; see `Allow`"),
  REQUEST_TIMEOUT(
      "request-timeout",
      408,
      "The request took too long to arrive",
      "the head did not arrive within 20 seconds, or the body did not arrive within ten seconds, and two more for each megabyte; the connection is closed"),
  OPERATION_RUNNING(
      "operation-running",
      409,
      "A dump or restore is already running",
      "another dump or restore is running; `job` is its id"),
  CANCELLED(
      "cancelled",
      409,
      "The work was cancelled",
      "somebody cancelled the job, or the client ended its half of the connection; what was done stays done"),
  DUMP_UNUSABLE(
      "dump-unusable",
      409,
      "The dump is not usable",
      "the file failed its checks, or is no dump; nothing was stored"),
  PLAN_OUTGROWN(
      "plan-outgrown",
      409,
      "More keys match than were planned for",
      "over a tenth more keys match (`matched_count`) than in the preview; nothing was done"),
  PRECONDITION_FAILED(
      "precondition-failed",
      412,
      "A precondition does not hold",
      "the key has changed, is not there, or is there already, against `If-Match` or `If-None-Match`, or the dump is of another time than `created_at`; nothing was changed"),
  OTHER_TARGET(
      "other-target",
      412,
      "Another target",
      "the service is not the one that `Cache-Target` names: it has another environment, store, file of dumps or rule of apps, other servers, or other rights for the caller; nothing was changed"),
  BODY_TOO_LARGE(
      "body-too-large",
      413,
      "Request body too large",
      "the body is too long, or has too many parts"),
  VALUE_TOO_LARGE(
      "value-too-large",
      413,
      "Value too large",
      "the item exceeds the limit of its server, which `detail` names (memcached's `-I`); the older value stays"),
  UNEXPECTED_VALUE(
      "unexpected-value",
      409,
      "Unexpected value",
      "the value cannot be read as what the request needs, for example a number"),
  UNSUPPORTED_MEDIA_TYPE(
      "unsupported-media-type",
      415,
      "Unsupported media type",
      "the body is not sent as `application/json`, or is compressed (`Content-Encoding`)"),
  HOST_NOT_ALLOWED(
      "host-not-allowed",
      421,
      "Host not allowed",
      "`Host` or `X-Forwarded-Host` is no name of this service"),
  OTHER_REQUEST(
      "other-request",
      422,
      "Another request",
      "the `Idempotency-Key` is that of an earlier change with another verb, path, query, body, `If-Match` or `If-None-Match`, or with other rights; nothing was changed"),
  NOT_DECODABLE(
      "not-decodable",
      422,
      "The value is not what the decoder takes",
      "a decoder that `decode` names does not apply to the value, or what comes out exceeds a limit"),
  PATTERN_TOO_COSTLY(
      "pattern-too-costly",
      422,
      "The pattern takes too much work",
      "the pattern needs more steps than `CACHE_HTTP_MAX_PATTERN_STEPS`, or than a key may cost"),
  TOO_MANY_APPS(
      "too-many-apps",
      422,
      "The keys belong to too many apps",
      "`CACHE_APP_PATTERN` makes more than 50,000 apps of the keys"),
  TOO_MANY_KEYS(
      "too-many-keys",
      422,
      "More keys match than allowed",
      "more keys match than `max_keys`; nothing was done. A restore stops when one more entry would be restored: `done_count` entries are, and stay"),
  DUMP_FAILED(
      "dump-failed",
      500,
      "The dump failed",
      "the dump could not be written; the last good dump is untouched"),
  INTERNAL_ERROR(
      "internal-error",
      500,
      "Internal error",
      "a bug; the log says more under the `request_id`, or that of a job under its id"),
  HEAD_TOO_LARGE(
      "head-too-large",
      431,
      "Request line and headers too large",
      "the request line and the headers together are too long"),
  HTTP_VERSION_NOT_SUPPORTED(
      "http-version-not-supported",
      505,
      "HTTP version not supported",
      "the request line has no version, or an unknown one"),
  STORE_UNAVAILABLE(
      "store-unavailable",
      503,
      "The store is unavailable",
      "a server does not answer or refuses; names it and the reason. `Retry-After` is missing if a retry is useless"),
  BULK_INCOMPLETE(
      "bulk-incomplete",
      503,
      "The store failed on the way; the work is done in part",
      "a server failed: `done_count` of `matched_count`, and the account. Repeating the request does the rest"),
  AUDIT_UNAVAILABLE(
      "audit-unavailable",
      503,
      "The audit log cannot be written",
      "the audit log cannot be written, so nothing is changed; names the reason"),
  TOOK_TOO_LONG(
      "took-too-long",
      503,
      "The request took too long",
      "a search took longer than `CACHE_HTTP_REQUEST_SECONDS`; ask for less"),
  TOO_BUSY(
      "too-busy",
      503,
      "Too much work of this kind is under way",
      "other requests use the memory for bodies, values and results, or this one needs more than an address may have, 64 long answers are read (32 by one address), 128 searches wait, 4 jobs of this kind (or requests that read dumps) run and 20 wait, or the caller has as many of these as it leaves free; see `Retry-After`"),
  TOO_MANY_STREAMS(
      "too-many-streams",
      503,
      "Too many clients follow jobs or changes",
      "`CACHE_HTTP_MAX_EVENT_STREAMS` clients follow jobs or changes, or one address has as many as it leaves free");

  private final String slug;
  private final int status;
  private final String title;
  private final String when;

  Kind(String slug, int status, String title, String when) {
    this.slug = slug;
    this.status = status;
    this.title = title;
    this.when = when;
  }

  String type() {
    return "urn:cache-app:problem:" + slug;
  }

  /** The last part of the type. */
  String slug() {
    return slug;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  /** The reason for it, in a sentence without a full stop. */
  String when() {
    return when;
  }
}
