package org.ocmcore.cache.domain.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.job.Progress;

class LanesTest {
  private final Queue<Runnable> handedOn = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private final Executor later = handedOn::add;
  private final Lanes<String> lanes =
      new Lanes<>(later, (server, items) -> done.add(server + items), Progress.UNWATCHED);

  @Test
  void fewItemsOfOneServerWakeNoOtherThread() {
    lanes.add("a", "1", 1);
    lanes.add("a", "2", 1);
    lanes.flush();

    assertEquals(List.of("a[1, 2]"), done);
    assertEquals(0, handedOn.size());
  }

  @Test
  void serversAreWorkedOnBesideEachOther() {
    lanes.add("a", "1", 1);
    lanes.add("b", "2", 1);
    lanes.flush();
    assertEquals(List.of("b[2]"), done);

    handedOn.remove().run();
    assertEquals(List.of("b[2]", "a[1]"), done);
  }

  @Test
  void whatIsFlushedWhileAServerIsBusyWaitsForIt() {
    lanes.add("a", "1", 1);
    lanes.add("b", "2", 1);
    lanes.flush();
    lanes.add("a", "3", 1);
    lanes.flush();
    assertEquals(List.of("b[2]"), done);

    handedOn.remove().run();
    assertEquals(List.of("b[2]", "a[1]", "a[3]"), done);
  }
}
