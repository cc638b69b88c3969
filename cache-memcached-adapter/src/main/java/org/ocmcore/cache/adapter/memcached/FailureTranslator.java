package org.ocmcore.cache.adapter.memcached;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import javax.net.ssl.SSLException;
import org.ocmcore.cache.domain.error.StoreUnavailable;

/**
 * Translates failures of a connection into the domain's {@link StoreUnavailable}. Nothing else in
 * this package does.
 */
final class FailureTranslator {
  private FailureTranslator() {}

  /** Returns the failure with a reason in plain English; a permanent error becomes a refusal. */
  static StoreUnavailable translate(String server, Operation operation, IOException cause) {
    return cause instanceof ServerErrorException error && error.isPermanent()
        ? StoreUnavailable.refused(server, operation.description(), reason(cause), cause)
        : new StoreUnavailable(server, operation.description(), reason(cause), cause);
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
    if (cause instanceof SSLException failure) {
      return TlsFailure.reason(failure);
    }
    if (cause instanceof NoSuchFileException) {
      return "there is no such socket: start memcached with -s " + cause.getMessage();
    }
    if (cause instanceof AccessDeniedException) {
      return "this user may not use the socket: start memcached with a wider mask, such as -a 0777";
    }
    if (cause instanceof ConnectException) {
      return "connection refused: no memcached listens there";
    }
    if (cause instanceof NoRouteToHostException) {
      return "there is no route to it";
    }
    if (cause instanceof UnknownHostException) {
      return "its host name cannot be resolved";
    }
    if (cause instanceof EOFException || cause instanceof ClosedChannelException) {
      return "it closed the connection";
    }
    // The operating system's message for a lost connection, such as "Connection reset by peer".
    return "it closed the connection (" + cause.getMessage() + ")";
  }
}
