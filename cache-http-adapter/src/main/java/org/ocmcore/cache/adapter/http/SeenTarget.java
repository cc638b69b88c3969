package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import java.util.List;
import org.ocmcore.cache.domain.access.Caller;

/**
 * What a client believes that it changes, and as whom: the target that the service had for the
 * caller when the client looked. A service that was started anew on the same address may have
 * another one, and so may a token that was changed.
 */
final class SeenTarget {
  static final String HEADER = "Cache-Target";

  private static final int DIGITS = 16;

  private SeenTarget() {}

  /** The target of this caller, in a text that tells nothing of it. */
  static String of(ServiceInfo service, Caller caller) {
    List<String> facts = List.of(
        service.target(),
        caller.name(),
        caller.role().toString(),
        caller.apps().only().toString());
    return Sha256.of(facts, new byte[0]).substring(0, DIGITS);
  }

  /** @throws RequestRejected if the request is for another target */
  static void require(ServiceInfo service, Caller caller, Context context) {
    String seen = context.header(HEADER);
    if (seen != null && !seen.equals(of(service, caller))) {
      throw new RequestRejected(
          Kind.OTHER_TARGET,
          "this service has another environment, store, dump folder or rule of apps, other servers, or other rights for you, than when you looked: nothing was done; ask service/ again");
    }
  }
}
