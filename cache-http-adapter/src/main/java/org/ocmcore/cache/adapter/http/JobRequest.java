package org.ocmcore.cache.adapter.http;

/** Names a job. */
record JobRequest(String id) {
  static JobRequest parse(RawRequest request) {
    return new JobRequest(request.job());
  }
}
