package org.ocmcore.cache.adapter.memcached;

/**
 * The number of changes that a server has not reported to its watchers (memcached doc/protocol.txt,
 * "Watchers" and "General-purpose statistics").
 *
 * @param dropped changes for which the server's own log buffers had no room
 *     ({@code log_worker_dropped})
 * @param skipped logged changes for which the buffer of a watcher had no room, of all watchers
 *     together ({@code log_watcher_skipped})
 */
record FeedLoss(long dropped, long skipped) {
  static final FeedLoss NONE = new FeedLoss(0, 0);
}
