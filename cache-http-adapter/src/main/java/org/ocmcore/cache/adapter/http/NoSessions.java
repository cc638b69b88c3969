package org.ocmcore.cache.adapter.http;

import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands where Jetty looks for sessions in each request. There are none here: each request says who
 * sent it.
 */
final class NoSessions extends SessionHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return getHandler().handle(request, response, callback);
  }
}
