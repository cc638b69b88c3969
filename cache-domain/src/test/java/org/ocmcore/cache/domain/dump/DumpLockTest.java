package org.ocmcore.cache.domain.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.error.OperationRunning;

class DumpLockTest {
  private final DumpLock lock = new DumpLock();

  @Test
  void whoComesMeanwhileIsToldWhatIsRunning() {
    String answer = lock.alone("dump", () -> {
      OperationRunning refusal =
          assertThrows(OperationRunning.class, () -> lock.alone("restore", () -> "unreached"));
      assertTrue(refusal.getMessage().contains("dump"), refusal.getMessage());
      assertThrows(OperationRunning.class, () -> lock.alone("restore", () -> "unreached"));
      return "done";
    });
    assertEquals("done", answer);
  }

  @Test
  void itIsFreeAfterwardsWhateverHappened() {
    assertThrows(
        AssertionError.class,
        () -> lock.alone("dump", () -> {
          throw new AssertionError("too little memory");
        }));
    assertEquals("done", lock.alone("restore", () -> "done"));
  }
}
