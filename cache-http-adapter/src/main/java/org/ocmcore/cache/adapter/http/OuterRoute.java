package org.ocmcore.cache.adapter.http;

import io.javalin.http.Context;
import java.util.function.Supplier;

/**
 * A GET outside of the API.
 *
 * @param path below the base path
 */
record OuterRoute(String path, Supplier<Description> description, Answerer answerer) {
  /** Answers a request. */
  interface Answerer {
    HttpAnswer answer(Context context);
  }
}
