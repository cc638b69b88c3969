package org.ocmcore.cache.domain.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.RandomAccess;

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
   * The samples since then, oldest first, in a list that later samples do not change.
   *
   * @param step of those that fall into the same step, counted from the epoch, the last is taken
   */
  List<StatsSample> since(Instant since, Duration step) {
    long[] taken = new long[count * COLUMNS];
    int length = 0;
    long lastStep = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      int position = (first + i) % size() * COLUMNS;
      long at = numbers[position];
      if (Instant.ofEpochMilli(at).isBefore(since)) {
        continue;
      }
      long number = Math.floorDiv(at, step.toMillis());
      if (number == lastStep) {
        length -= COLUMNS;
      }
      lastStep = number;
      System.arraycopy(numbers, position, taken, length, COLUMNS);
      length += COLUMNS;
    }
    return new Samples(Arrays.copyOf(taken, length));
  }

  /** Samples as numbers, which take half of the memory; each is made when it is asked for. */
  private static final class Samples extends AbstractList<StatsSample> implements RandomAccess {
    private final long[] numbers;

    Samples(long[] numbers) {
      this.numbers = numbers;
    }

    @Override
    public StatsSample get(int index) {
      int position = Objects.checkIndex(index, size()) * COLUMNS;
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

    @Override
    public int size() {
      return numbers.length / COLUMNS;
    }
  }
}
