package org.ocmcore.cache.adapter.cli;

import java.util.List;

/** The state of a cache. @param totalKeys on all servers that answer */
record StatsView(long totalKeys, String environment, List<ServerView> servers) {
  StatsView {
    servers = List.copyOf(servers);
  }
}
