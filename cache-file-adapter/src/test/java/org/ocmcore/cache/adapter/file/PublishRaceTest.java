package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;

/** A dump is published while another thread deletes the current one. */
final class PublishRaceTest extends FaultyDiskFixture {
  @Test
  void aDumpPublishedDuringADeleteIsCurrent() throws IOException, InterruptedException {
    writeSecond();
    Thread other = new Thread(() -> DumpFiles.write(dumps, NOON.plusSeconds(2), "the third"));
    disk.beforeOpening(folder.resolve(FIRST), () -> startUntilBlocked(other));
    dumps.delete(SECOND);
    other.join();
    assertEquals(List.of("dump-20260102T120002.000Z.json", FIRST), dumps.names());
    assertEquals("the third", DumpFiles.value(dumps, "dump.json"));
  }

  private static void startUntilBlocked(Thread thread) {
    thread.start();
    while (thread.isAlive() && thread.getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
  }

  @Test
  void publishingAsksTheCheckpointAfterItsWait() throws InterruptedException {
    writeSecond();
    AtomicBoolean isLost = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread other = new Thread(() -> {
      try (DumpWriter writer = dumps.create(DumpFiles.header(NOON.plusSeconds(2)))) {
        writer.commit(DumpFiles.account(0), () -> {
          if (isLost.get()) {
            throw new IllegalStateException("lost");
          }
        });
      }
    });
    other.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
    disk.beforeOpening(folder.resolve(FIRST), () -> {
      startUntilBlocked(other);
      isLost.set(true);
    });
    dumps.delete(SECOND);
    other.join();
    assertTrue(failure.get() instanceof IllegalStateException, "it was published");
    assertEquals(List.of(FIRST), dumps.names());
    assertEquals("first", DumpFiles.value(dumps, "dump.json"));
  }
}
