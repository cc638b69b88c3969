package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessSamplesTest {
  private final ProcessSamples samples = new ProcessSamples(0);

  private void add(String kind, long... values) {
    for (long value : values) {
      samples.add(kind, value);
    }
  }

  @Test
  void aLeakIsFound() {
    add("threads", 10, 20, 30, 40, 50, 60, 70, 80, 90);
    add("file descriptors", 10, 10, 10, 90, 90, 90, 91, 89, 200);
    assertEquals(List.of("threads"), samples.growing());
  }
}
