package org.ocmcore.cache.domain.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** The newest samples, at most one for each interval. Grows up to its capacity. For one thread. */
final class SampleRing {
  /** The numbers of a sample. */
  private static final int COLUMNS = 7;

  private static final int FIRST_CAPACITY = 64;
  private static final long NO_CONNECTIONS = -1;

  /** Samples come when servers answer, so they may be early by this. */
  private static final Duration JITTER = Duration.ofMillis(500);

  private final int capacity;
  private final Duration interval;
  private long[] numbers = new long[FIRST_CAPACITY * COLUMNS];
  private int first;
  private int count;
  private Instant last = Instant.MIN;

  /** @param capacity the most samples, at least {@value #FIRST_CAPACITY} */
  SampleRing(int capacity, Duration interval) {
    this.capacity = capacity;
    this.interval = interval;
  }

  /** Adds a sample, unless it comes too soon after the last one. */
  void offer(StatsSample sample) {
    if (last.isAfter(Instant.MIN) && sample.at().isBefore(last.plus(interval).minus(JITTER))) {
      return;
    }
    last = sample.at();
    growIfFull();
    if (count == capacity) {
      first = (first + 1) % capacity;
      count--;
    }
    int position = (first + count) % size() * COLUMNS;
    numbers[position] = sample.at().toEpochMilli();
    numbers[position + 1] = sample.items();
    numbers[position + 2] = sample.bytes();
    numbers[position + 3] = sample.hits();
    numbers[position + 4] = sample.misses();
    numbers[position + 5] = sample.evictions();
    numbers[position + 6] = sample.connections().orElse(NO_CONNECTIONS);
    count++;
  }

  /** Only before anything is overwritten, so the samples begin at 0. */
  private void growIfFull() {
    if (count == size() && count < capacity) {
      numbers = Arrays.copyOf(numbers, Math.min(2 * count, capacity) * COLUMNS);
    }
  }

  private int size() {
    return numbers.length / COLUMNS;
  }

  /**
   * The samples since then, oldest first.
   *
   * @param step of those that fall into the same step, counted from the epoch, the last is taken
   */
  List<StatsSample> since(Instant since, Duration step) {
    List<StatsSample> samples = new ArrayList<>();
    long lastStep = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      StatsSample sample = sample((first + i) % size() * COLUMNS);
      if (sample.at().isBefore(since)) {
        continue;
      }
      long number = Math.floorDiv(sample.at().toEpochMilli(), step.toMillis());
      if (number == lastStep) {
        samples.remove(samples.size() - 1);
      }
      lastStep = number;
      samples.add(sample);
    }
    return samples;
  }

  private StatsSample sample(int position) {
    long connections = numbers[position + 6];
    return new StatsSample(
        Instant.ofEpochMilli(numbers[position]),
        numbers[position + 1],
        numbers[position + 2],
        numbers[position + 3],
        numbers[position + 4],
        numbers[position + 5],
        connections == NO_CONNECTIONS ? OptionalLong.empty() : OptionalLong.of(connections));
  }
}
