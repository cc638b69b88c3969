package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Keeps the screen of {@code cache top} up to date, until the user or the process ends it. */
final class TopLoop implements AutoCloseable {
  /** How long a key, a new size or the end of the process waits at most. */
  private static final Duration TICK = Duration.ofMillis(50);

  private final UnaryOperator<CounterSample> sampler;
  private final Duration interval;
  private final String place;
  private final BooleanSupplier isEnding;
  private final ExecutorService executor = Executors.newSingleThreadExecutor(TopLoop::daemon);
  private CounterSample last;
  private CompletableFuture<CounterSample> next;
  private long due;

  /**
   * @param sampler gets the next sample after the last one; may take long
   * @param isEnding whether the process must end
   */
  TopLoop(
      CounterSample first,
      UnaryOperator<CounterSample> sampler,
      Duration interval,
      String place,
      BooleanSupplier isEnding) {
    last = first;
    this.sampler = sampler;
    this.interval = interval;
    this.place = place;
    this.isEnding = isEnding;
    due = System.nanoTime() + interval.toNanos();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "sampler");
    thread.setDaemon(true);
    return thread;
  }

  /** Shows the servers until the end. @throws IOException if the terminal fails */
  void show(LiveScreen screen, TopState first) throws IOException {
    TopState state = first;
    TopView view = TopRates.between(last, last);
    ScreenSize size = screen.size();
    boolean isStale = true;
    while (!state.isOver() && !isEnding.getAsBoolean()) {
      ScreenSize now = screen.size();
      if (!now.equals(size)) {
        size = now;
        screen.clear();
        isStale = true;
      }
      if (isStale) {
        screen.draw(TopScreen.lines(view, state, place, size));
      }
      int key = screen.key(TICK);
      if (key == LiveScreen.END) {
        return;
      }
      TopState changed = key == LiveScreen.NO_KEY ? state : state.press(key);
      CounterSample before = last;
      boolean isNew = poll() && !changed.isPaused();
      isStale = isNew || !changed.equals(state);
      state = changed;
      view = isNew ? TopRates.between(before, last) : view;
    }
  }

  /** Whether there is a new sample. Asks for one when it is time. */
  private boolean poll() {
    if (next == null) {
      if (System.nanoTime() - due >= 0) {
        CounterSample before = last;
        next = CompletableFuture.supplyAsync(() -> sampler.apply(before), executor);
      }
      return false;
    }
    if (!next.isDone()) {
      return false;
    }
    last = next.join();
    next = null;
    // In step, unless a sample took longer than the interval.
    due = Math.max(due + interval.toNanos(), System.nanoTime());
    return true;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
