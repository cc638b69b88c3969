package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;

/**
 * What a client believes that it changes: the target that the service had when the client looked. A
 * service that was started anew on the same address may have another one.
 */
final class SeenTarget {
  static final ApiField HEADER = ApiField.text(
      "Cache-Target", "`target` as `service/` gave it: nothing is done if it is another by now");

  private SeenTarget() {}

  /** @throws RequestRejected if the request is for another target than this one */
  static void require(String target, Context context) {
    String seen = context.header(HEADER.name());
    if (seen != null && !seen.equals(target)) {
      throw new RequestRejected(
          Kind.OTHER_TARGET,
          "this service has another environment, store or dump folder, or other servers, than the one that was looked at: nothing was done; ask service/ again");
    }
  }
}
