package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.port.Scheduler;

class ThreadSchedulerTest {
  @Test
  void tasksRunWhenTheyAreDue() throws InterruptedException {
    try (ThreadScheduler scheduler = new ThreadScheduler(Runnable::run)) {
      CountDownLatch ran = new CountDownLatch(1);
      scheduler.after(Duration.ofMillis(1), ran::countDown);
      assertTrue(ran.await(20, TimeUnit.SECONDS));
    }
  }

  /** A walk may end, and ask for the next one, while the service stops. */
  @Test
  void nothingIsDueAfterTheEnd() {
    AtomicBoolean ran = new AtomicBoolean();
    ThreadScheduler scheduler = new ThreadScheduler(Runnable::run);
    scheduler.close();
    Scheduler.Scheduled never = scheduler.after(Duration.ZERO, () -> ran.set(true));
    never.cancel();
    assertFalse(ran.get());
  }
}
