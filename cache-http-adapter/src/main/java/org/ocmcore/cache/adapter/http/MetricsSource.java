package org.ocmcore.cache.adapter.http;

/** What {@code metrics} answers. For any number of threads. */
public interface MetricsSource {
  /**
   * All metrics as of now. A server that is down takes no longer than its time limit.
   *
   * @param accept the formats that the client takes, as in the header of this name; may be empty
   */
  Page page(String accept);

  /** Metrics as they are sent. The array is not copied. */
  record Page(String contentType, byte[] bytes) {}
}
