package org.ocmcore.cache.adapter.memcached;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.ocmcore.cache.domain.error.StoreUnavailable;

/** The one place where what went wrong on the wire becomes a failure of the domain. */
final class Failures {
  private Failures() {}

  static StoreUnavailable unavailable(String server, Operation operation, IOException cause) {
    return cause instanceof ServerErrorException refusal && refusal.isLasting()
        ? StoreUnavailable.refused(server, operation.words(), reason(cause), cause)
        : new StoreUnavailable(server, operation.words(), reason(cause), cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof ServerErrorException || cause instanceof ProtocolException) {
      return cause.getMessage();
    }
    if (cause instanceof SocketTimeoutException) {
      return "timed out, " + cause.getMessage();
    }
    if (cause instanceof InterruptedIOException) {
      return "interrupted while waiting for the answer";
    }
    if (cause instanceof ConnectException) {
      return "connection refused";
    }
    if (cause instanceof NoRouteToHostException) {
      return "there is no route to it";
    }
    if (cause instanceof UnknownHostException) {
      return "its host name cannot be resolved";
    }
    if (cause instanceof EOFException) {
      return "it closed the connection";
    }
    // Reset by peer, broken pipe: the system's words for a connection that ended under us.
    return "it closed the connection (" + cause.getMessage() + ")";
  }
}
