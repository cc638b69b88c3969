package org.ocmcore.cache.adapter.http;

/** The kinds of problem in answers. The type, status and title of each never change. */
enum Kind {
  BAD_REQUEST("bad-request", 400, "Bad request"),
  PATTERN_REQUIRED("pattern-required", 400, "Pattern parameter is required"),
  INVALID_PATTERN("invalid-pattern", 400, "Invalid regex pattern"),
  INVALID_KEY("invalid-key", 400, "Invalid key"),
  INVALID_PARAMETER("invalid-parameter", 400, "Invalid parameter"),
  CONFIRMATION_REQUIRED("confirmation-required", 400, "A confirmation is required"),
  INVALID_BODY("invalid-body", 400, "JSON parse error"),
  MANAGEMENT_FORBIDDEN(
      "management-forbidden", 403, "This operation is only available in development environment"),
  UNAUTHORIZED("unauthorized", 401, "A valid token is required"),
  ROLE_REQUIRED("role-required", 403, "The caller's role does not include this"),
  OUTSIDE_APPS("outside-apps", 403, "The caller is limited to other apps"),
  TOO_MANY_REQUESTS("too-many-requests", 429, "Too many requests at once"),
  TOO_MANY_FAILURES("too-many-failures", 429, "Too many wrong tokens"),
  VALUE_HIDDEN("value-hidden", 403, "The value is hidden"),
  CROSS_SITE_REQUEST("cross-site-request", 403, "Cross-site request"),
  NO_SUCH_PATH("no-such-path", 404, "No such path"),
  KEY_NOT_FOUND("key-not-found", 404, "Key not found"),
  APP_NOT_FOUND("app-not-found", 404, "App not found"),
  DUMP_NOT_FOUND("dump-not-found", 404, "Dump not found"),
  JOB_NOT_FOUND("job-not-found", 404, "Job not found"),
  PLAN_NOT_FOUND("plan-not-found", 404, "Plan not found"),
  METHOD_NOT_ALLOWED("method-not-allowed", 405, "Method not allowed"),
  REQUEST_TIMEOUT("request-timeout", 408, "The request took too long to arrive"),
  OPERATION_RUNNING("operation-running", 409, "A dump or restore is already running"),
  CANCELLED("cancelled", 409, "The work was cancelled"),
  DUMP_UNUSABLE("dump-unusable", 409, "The dump is not usable"),
  PLAN_OUTGROWN("plan-outgrown", 409, "More keys match than were planned for"),
  PRECONDITION_FAILED("precondition-failed", 412, "A precondition does not hold"),
  BODY_TOO_LARGE("body-too-large", 413, "Request body too large"),
  VALUE_TOO_LARGE("value-too-large", 413, "Value too large"),
  UNEXPECTED_VALUE("unexpected-value", 409, "Unexpected value"),
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "Unsupported media type"),
  HOST_NOT_ALLOWED("host-not-allowed", 421, "Host not allowed"),
  NOT_DECODABLE("not-decodable", 422, "The value is not what the decoder takes"),
  PATTERN_TOO_COSTLY("pattern-too-costly", 422, "The pattern takes too much work"),
  TOO_MANY_APPS("too-many-apps", 422, "The keys belong to too many apps"),
  TOO_MANY_KEYS("too-many-keys", 422, "More keys match than allowed"),
  DUMP_FAILED("dump-failed", 500, "The dump failed"),
  INTERNAL_ERROR("internal-error", 500, "Internal error"),
  HEAD_TOO_LARGE("head-too-large", 431, "Request line and headers too large"),
  HTTP_VERSION_NOT_SUPPORTED("http-version-not-supported", 505, "HTTP version not supported"),
  STORE_UNAVAILABLE("store-unavailable", 503, "The store is unavailable"),
  BULK_INCOMPLETE("bulk-incomplete", 503, "The store failed on the way; the work is done in part"),
  AUDIT_UNAVAILABLE("audit-unavailable", 503, "The audit log cannot be written"),
  TOOK_TOO_LONG("took-too-long", 503, "The request took too long"),
  TOO_BUSY("too-busy", 503, "Too much work of this kind is under way"),
  TOO_MANY_STREAMS("too-many-streams", 503, "Too many clients follow jobs or changes");

  private final String slug;
  private final int status;
  private final String title;

  Kind(String slug, int status, String title) {
    this.slug = slug;
    this.status = status;
    this.title = title;
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
}
