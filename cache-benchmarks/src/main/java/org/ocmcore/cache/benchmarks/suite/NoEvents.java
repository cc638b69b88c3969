package org.ocmcore.cache.benchmarks.suite;

import java.lang.reflect.Proxy;

/** Listeners that ignore every event. Failures that matter here are thrown as well. */
final class NoEvents {
  private NoEvents() {}

  /** @param type an interface whose methods return nothing */
  static <T> T of(Class<T> type) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
  }
}
