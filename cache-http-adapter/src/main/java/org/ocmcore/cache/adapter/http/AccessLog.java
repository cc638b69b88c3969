package org.ocmcore.cache.adapter.http;

import java.time.Duration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.ocmcore.cache.domain.access.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Which requests have a line in the log when they have ended. */
public enum AccessLog {
  /** Every request. */
  ALL,
  /** Those that are answered with a status from 400 on, or not to the end. */
  ERRORS,
  /** None. */
  NONE;

  /** The name of the logger of these lines. */
  public static final String LOGGER = "access";

  private static final int FIRST_ERROR = 400;

  /**
   * Whether an ended request has a line. @param isWhole whether the client took the whole answer
   */
  boolean wants(int status, boolean isWhole) {
    return switch (this) {
      case ALL -> true;
      case ERRORS -> !isWhole || status >= FIRST_ERROR;
      case NONE -> false;
    };
  }

  /**
   * Logs an ended request, without its path, which may hold a key, its query and its headers.
   *
   * @param route the path with names in braces for what varies
   * @param isWhole whether the client took the whole answer
   */
  static void log(
      Request request,
      Response response,
      String method,
      String route,
      Duration duration,
      boolean isWhole) {
    Logger logger = LoggerFactory.getLogger(LOGGER);
    LoggingEventBuilder line = logger
        .atInfo()
        .addKeyValue("method", method)
        .addKeyValue("route", route)
        .addKeyValue("status", response.getStatus())
        .addKeyValue("duration_ms", duration.toMillis());
    long bytes = Response.getContentBytesWritten(response);
    if (bytes >= 0) {
      line = line.addKeyValue("bytes", bytes);
    }
    if (!isWhole) {
      line = line.addKeyValue("cut_off", true);
    }
    line = line.addKeyValue("address", ClientAddress.of(request).getHostAddress());
    Caller caller = Authentication.caller(request);
    if (caller != null) {
      line = line.addKeyValue("caller", caller.name()).addKeyValue("role", caller.role());
    }
    line.log("request");
  }
}
