package org.ocmcore.cache.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.ocmcore.cache.domain.error.CacheException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares answers, and does work on many keys of a fake server until Java has compiled the code
 * for it, so that the first work on real servers need not wait for that. It takes some seconds on a
 * thread of its own, and rests as long as it works. It ends early when real work begins. Can be
 * started and closed once.
 */
final class JitWarmUp implements AutoCloseable {
  private static final int KEYS = 30_000;
  private static final int ROUNDS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Path temporary;
  private final Path dumps;
  private final Runnable prepareAnswers;
  private final BooleanSupplier isNeeded;
  private final Logger log;
  private volatile boolean isClosing;
  private final Thread thread = Threads.daemons("jit-warm-up").newThread(this::run);

  /**
   * @param temporary a folder for temporary files
   * @param dumps the dump of the service, whose name says how dumps are compressed
   * @param prepareAnswers runs first
   * @param isNeeded asked again and again; when it is not, this ends
   */
  JitWarmUp(
      Path temporary, Path dumps, Runnable prepareAnswers, BooleanSupplier isNeeded, Logger log) {
    this.temporary = temporary;
    this.dumps = dumps;
    this.prepareAnswers = prepareAnswers;
    this.isNeeded = isNeeded;
    this.log = log;
  }

  /** That of a service, which needs it while it has no work. */
  static JitWarmUp of(Service service, AppConfig config) {
    return new JitWarmUp(
        Path.of(System.getProperty("java.io.tmpdir")),
        config.dumps().file(),
        service::prepareAnswers,
        () -> !service.isWorking(),
        LoggerFactory.getLogger(JitWarmUp.class));
  }

  void start() {
    thread.start();
  }

  private void run() {
    long begin = System.nanoTime();
    prepareAnswers.run();
    try {
      Path folder = Files.createTempDirectory(temporary, "cache-warm-up");
      try {
        work(folder.resolve(dumps.getFileName()));
      } finally {
        delete(folder);
      }
      log.debug("the code for many keys is warm, {} ms", (System.nanoTime() - begin) / 1_000_000);
    } catch (InterruptedException | IOException | CacheException e) {
      if (!isClosing) {
        log.warn(
            "the first work on many keys will take longer, as it could not be practised in {}: {}",
            temporary,
            e.toString());
      }
    }
  }

  private void work(Path dump) throws IOException, InterruptedException {
    try (TrainingServer server = TrainingServer.start(KEYS);
        TrainingWork training = new TrainingWork(server, dump)) {
      List<Runnable> all = training.all();
      for (int i = 0; i < ROUNDS * all.size() && isNeeded.getAsBoolean() && !isClosing; i++) {
        long begin = System.nanoTime();
        all.get(i % all.size()).run();
        Threads.pause(Duration.ofNanos(System.nanoTime() - begin));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Ends it and deletes its files; waits a second at most. */
  @Override
  public void close() {
    isClosing = true;
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
