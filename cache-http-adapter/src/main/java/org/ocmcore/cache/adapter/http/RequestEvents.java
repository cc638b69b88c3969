package org.ocmcore.cache.adapter.http;

import java.time.Duration;

/** Receives the ends of requests, on the thread that ends them. For any number of threads. */
public interface RequestEvents {
  /** The route of requests that no route answers. */
  String NO_ROUTE = "none";

  /**
   * A request has ended.
   *
   * @param method one of HTTP, or {@code other}
   * @param route the path with names in braces for what varies, behind the base path; or
   *     {@value #NO_ROUTE}
   * @param status of the answer
   * @param duration since its head had arrived
   */
  void answered(String method, String route, int status, Duration duration);

  /**
   * A request was answered with a problem.
   *
   * @param kind the last part of the problem's type
   */
  void refused(String kind);
}
