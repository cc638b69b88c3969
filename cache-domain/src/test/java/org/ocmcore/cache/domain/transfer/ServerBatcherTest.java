package org.ocmcore.cache.domain.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.StoreUnavailable;
import org.ocmcore.cache.domain.testing.RecordedProgress;

class ServerBatcherTest {
  private final Queue<Runnable> handedOn = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();
  private final Executor later = handedOn::add;
  private volatile Consumer<String> whenTold = item -> {};
  private final RecordedProgress progress = new RecordedProgress();
  private final ServerBatcher<String> batcher = new ServerBatcher<>(later, this::work, progress);

  private void work(String server, Iterator<String> items, Runnable reported) {
    List<String> some = new ArrayList<>();
    while (items.hasNext()) {
      some.add(items.next());
      whenTold.accept(some.get(some.size() - 1));
      reported.run();
    }
    done.add(server + some);
  }

  @Test
  void fewItemsStayOnTheCallersThread() {
    batcher.add("a", "1", 1);
    batcher.add("a", "2", 1);
    batcher.flush();

    assertEquals(List.of("a[1, 2]"), done);
    assertEquals(0, handedOn.size());
  }

  @Test
  void serversAreWorkedOnBesideEachOther() {
    batcher.add("a", "1", 1);
    batcher.add("b", "2", 1);
    batcher.flush();
    assertEquals(List.of("b[2]"), done);

    handedOn.remove().run();
    assertEquals(List.of("b[2]", "a[1]"), done);
  }

  @Test
  void flushedItemsWaitForABusyServer() {
    batcher.add("a", "1", 1);
    batcher.add("b", "2", 1);
    batcher.flush();
    batcher.add("a", "3", 1);
    batcher.flush();
    assertEquals(List.of("b[2]"), done);

    handedOn.remove().run();
    assertEquals(List.of("b[2]", "a[1, 3]"), done);
    assertEquals(List.of("1", "1", "1"), progress.reported());
  }

  @Test
  void workGoesOnAsLongAsItemsCome() {
    batcher.add("a", "1", 1);
    batcher.add("b", "other", 1);
    whenTold = item -> {
      if (item.equals("1")) {
        batcher.add("a", "2", 1);
        batcher.flush();
      }
    };
    batcher.flush();
    handedOn.remove().run();
    assertEquals(List.of("b[other]", "a[1, 2]"), done);
  }

  @Test
  void aBatchThatIsDoneIsProgress() {
    batcher.add("a", "1", 600_000);
    batcher.add("a", "2", 600_000);
    batcher.add("a", "3", 7);
    handedOn.remove().run();
    assertEquals(2, progress.items());
    assertEquals(1_200_000, progress.bytes());
    batcher.finish();
    assertEquals(3, progress.items());
    assertEquals(1_200_007, progress.bytes());
  }

  @Test
  void aServerThatFailsTakesNoMore() {
    StoreUnavailable failure = new StoreUnavailable("a", "work", "down");
    whenTold = item -> {
      throw failure;
    };
    batcher.add("a", "1", 1);
    batcher.flush();
    assertFalse(batcher.add("a", "2", 1));
    assertEquals(List.of(failure), batcher.finish());
  }

  @Test
  void anUnexpectedFailureReachesTheAddingThread() {
    whenTold = item -> {
      throw new IllegalStateException("broken");
    };
    batcher.add("a", "1", 1);
    batcher.flush();
    assertThrows(IllegalStateException.class, batcher::finish);
  }

  @Test
  void abandonedItemsAreNotStarted() {
    ServerBatcher<String> threads =
        new ServerBatcher<>(task -> new Thread(task).start(), this::work, progress);
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    whenTold = item -> {
      working.countDown();
      await(goesOn);
    };
    threads.add("a", "1", 2_000_000);
    await(working);
    threads.add("a", "2", 2_000_000);
    whenTold = item -> {};
    Thread letsGo = new Thread(goesOn::countDown);
    letsGo.start();
    assertEquals(List.of(), threads.abandon());
    assertTrue(done.equals(List.of("a[1]")) || done.equals(List.of("a[1, 2]")), done.toString());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
