package org.ocmcore.cache.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bin/cache executes after a build works, else Java would archive the wrong code. */
class TrainingTest {
  private static final int MOST_MINUTES = 3;

  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(classes = {StartTraining.class, WorkTraining.class})
  void allOfItWorks(Class<?> training) throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            training.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    try {
      assertTrue(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES), () -> text(log));
      assertEquals(0, process.exitValue(), () -> text(log));
    } finally {
      process.destroyForcibly();
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
