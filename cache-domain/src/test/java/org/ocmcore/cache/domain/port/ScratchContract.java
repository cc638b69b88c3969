package org.ocmcore.cache.domain.port;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.port.DumpPort.Scratch;

/** The scratch files of a {@link DumpPort}. */
abstract class ScratchContract {
  DumpPort dumps;

  /** A port without any dump. */
  protected abstract DumpPort createDumps();

  @BeforeEach
  void createEmptyDumps() {
    dumps = createDumps();
  }

  @Test
  void scratchBytesComeOutInOrder() {
    try (Scratch scratch = dumps.scratch();
        Scratch other = dumps.scratch()) {
      scratch.write(new byte[] {1, 2, 3, 9}, 3);
      other.write(new byte[] {7}, 1);
      byte[] two = {0, 0, 5};
      scratch.read(two, 2);
      assertArrayEquals(new byte[] {1, 2, 5}, two);
      scratch.write(new byte[] {4, 5}, 2);
      byte[] three = new byte[3];
      scratch.read(three, 3);
      assertArrayEquals(new byte[] {3, 4, 5}, three);
    }
    assertEquals(List.of(), dumps.names());
  }

  @Test
  void scratchHasOneWriterAndOneReader() throws InterruptedException {
    int rounds = 2_000;
    Semaphore written = new Semaphore(0);
    try (Scratch scratch = dumps.scratch()) {
      Thread writer = new Thread(() -> {
        byte[] bytes = new byte[100];
        for (int i = 0; i < rounds; i++) {
          Arrays.fill(bytes, (byte) i);
          scratch.write(bytes, bytes.length);
          written.release();
        }
      });
      writer.start();
      byte[] expected = new byte[100];
      byte[] read = new byte[100];
      for (int i = 0; i < rounds; i++) {
        assertTrue(written.tryAcquire(1, TimeUnit.MINUTES), "the writer has failed");
        scratch.read(read, read.length);
        Arrays.fill(expected, (byte) i);
        assertArrayEquals(expected, read);
      }
      writer.join();
    }
  }
}
