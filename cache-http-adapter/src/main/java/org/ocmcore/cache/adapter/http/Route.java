package org.ocmcore.cache.adapter.http;

import io.javalin.http.HandlerType;

/**
 * A request that is answered.
 *
 * @param path below the base path, without a slash at the end
 * @param management whether it is for environments that allow changes
 */
record Route(HandlerType method, String path, boolean management, Action action) {
  static Route reading(String path, Action action) {
    return new Route(HandlerType.GET, path, false, action);
  }

  static Route management(HandlerType method, String path, Action action) {
    return new Route(method, path, true, action);
  }

  /** Does what is asked and tells what came of it. */
  interface Action {
    Answer answer(Request request);
  }
}
