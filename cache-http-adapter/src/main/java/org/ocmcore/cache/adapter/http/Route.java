package org.ocmcore.cache.adapter.http;

import io.javalin.http.HandlerType;
import java.util.Set;

/**
 * A request that is answered.
 *
 * @param path below the base path, without a slash at the end
 * @param management whether it is for environments that allow changes
 * @param fields that its body takes, if it is
 */
record Route(
    HandlerType method, String path, boolean management, Set<String> fields, Action action) {
  static Route reading(String path, Action action) {
    return new Route(HandlerType.GET, path, false, Set.of(), action);
  }

  /** One that only reads, though what is asked for stands in its body. */
  static Route asking(String path, Set<String> fields, Action action) {
    return new Route(HandlerType.POST, path, false, fields, action);
  }

  static Route management(HandlerType method, String path, Set<String> fields, Action action) {
    return new Route(method, path, true, fields, action);
  }

  /** Does what is asked and tells what came of it. */
  interface Action {
    HttpAnswer answer(Request request);
  }
}
