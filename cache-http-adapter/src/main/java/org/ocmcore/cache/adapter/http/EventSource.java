package org.ocmcore.cache.adapter.http;

/** What an {@link EventStream} sends. For one thread at a time. */
interface EventSource extends AutoCloseable {
  /**
   * Adds the events since the last call, if any. Called while the client has read all before.
   *
   * @return whether nothing follows
   */
  boolean addNews(EventText text);

  /** Called instead of {@link #addNews} while the client has not read the last events. */
  void keepUp();

  /** The time from one look for news to the next, in milliseconds. */
  long pollMillis();

  /** Whether a look for news may take long, so that others must not wait for it. */
  boolean isCostly();

  /** What the client follows, in words. */
  String title();

  /** Nobody follows any more. */
  @Override
  void close();
}
