package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(printed, true);

  @Test
  void aServiceThatStopsInTimeIsAwaited() {
    CountDownLatch closed = new CountDownLatch(1);
    Shutdown shutdown = new Shutdown(closed::countDown, err, Duration.ofSeconds(60));
    shutdown.run();
    assertEquals(0, closed.getCount());
    assertTrue(shutdown.hasBegun());
    assertEquals("", printed.toString());
  }

  @Test
  void aServiceThatDoesNotStopIsCutOff() {
    CountDownLatch never = new CountDownLatch(1);
    new Shutdown(never::await, err, Duration.ofMillis(10)).run();
    assertEquals(
        "cache: stopping took over 10 ms, so the rest is cut off; complete dumps are safe"
            + System.lineSeparator(),
        printed.toString());
    never.countDown();
  }
}
