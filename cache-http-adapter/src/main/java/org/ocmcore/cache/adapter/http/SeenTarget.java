package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.ocmcore.cache.domain.access.Caller;

/**
 * What a client believes that it changes, and as whom: the target that the service had for the
 * caller when the client looked. A service that was started anew on the same address may have
 * another one, and so may a token that was changed.
 */
final class SeenTarget {
  static final String HEADER = "Cache-Target";

  private static final int BYTES = 8;

  private SeenTarget() {}

  /** The target of this caller, in a text that tells nothing of it. */
  static String of(ServiceInfo service, Caller caller) {
    String facts = String.join(
        "\n",
        service.target(),
        caller.name(),
        caller.role().toString(),
        caller.apps().toString());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(facts.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
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
