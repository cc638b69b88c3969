package org.ocmcore.cache.adapter.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What servers do not report, said once for each server until it changes. For one thread. */
final class FollowedNotes {
  private final Map<String, String> said = new HashMap<>();

  /** What is new of these servers, for people. */
  List<String> news(List<ChangeFeed.Followed> servers) {
    List<String> news = new ArrayList<>();
    for (ChangeFeed.Followed server : servers) {
      String note = server.note().orElse("");
      if (!note.equals(said.put(server.address(), note)) && !note.isEmpty()) {
        news.add(note);
      }
    }
    return news;
  }
}
