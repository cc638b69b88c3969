package org.ocmcore.cache.adapter.memcached;

/**
 * How many changes a server has not told its watchers (memcached doc/protocol.txt, "Watchers", and
 * the statistics that it names).
 *
 * @param dropped that it had no room to note down
 * @param skipped that it noted down, and a watcher had no room for; of all watchers together
 */
record FeedLoss(long dropped, long skipped) {
  static final FeedLoss NONE = new FeedLoss(0, 0);
}
