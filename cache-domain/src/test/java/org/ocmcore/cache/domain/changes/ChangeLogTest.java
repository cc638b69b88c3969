package org.ocmcore.cache.domain.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ocmcore.cache.domain.key.CacheKey;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChangeLogTest {
  private final ChangeLog log = new ChangeLog(16);

  private static KeyChange change(String server, long number) {
    return new KeyChange(
        ChangeKind.STORED,
        CacheKey.of("k" + number),
        server,
        Instant.EPOCH,
        OptionalLong.of(number));
  }

  private void add(int from, int to) {
    for (int i = from; i < to; i++) {
      log.add(change("a", i));
    }
  }

  private static List<Long> read(ChangeLog.Reader reader) {
    List<Long> numbers = new ArrayList<>();
    long limit = reader.end();
    for (KeyChange next = reader.next(limit); next != null; next = reader.next(limit)) {
      numbers.add(next.size().getAsLong());
    }
    return numbers;
  }

  @Test
  void readersReadFromWhereTheyBegan() {
    add(0, 3);
    ChangeLog.Reader first = log.reader();
    assertNull(first.next(first.end()));
    add(3, 5);
    ChangeLog.Reader second = log.reader();
    add(5, 6);
    assertEquals(List.of(3L, 4L, 5L), read(first));
    assertEquals(List.of(5L), read(second));
    assertEquals(List.of(), read(first));
    assertEquals(0, first.takeMissed());
  }

  @Test
  void aFullLogIsReadWhole() {
    ChangeLog.Reader reader = log.reader();
    add(0, 16);
    assertEquals(16, read(reader).size());
    assertEquals(0, reader.takeMissed());
  }

  @Test
  void whatIsOverwrittenIsCounted() {
    ChangeLog.Reader reader = log.reader();
    add(0, 40);
    List<Long> numbers = read(reader);
    long missed = reader.takeMissed();
    assertEquals(40, numbers.size() + missed);
    assertTrue(numbers.size() >= 8, numbers::toString);
    assertEquals(39, numbers.get(numbers.size() - 1));
    assertEquals(0, reader.takeMissed());
  }

  @Test
  void newChangesAreLeftForTheNextTime() {
    ChangeLog.Reader reader = log.reader();
    long limit = reader.end();
    add(0, 1);
    assertNull(reader.next(limit));
    assertEquals(List.of(0L), read(reader));
  }

  @Test
  void manyWritersAndReadersLoseNothingUncounted() throws Exception {
    int writers = 4;
    int each = 100_000;
    ChangeLog shared = new ChangeLog(1 << 10);
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<ChangeLog.Reader> readers = List.of(shared.reader(), shared.reader());
      List<Future<?>> writing = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        String server = "s" + w;
        writing.add(threads.submit(() -> {
          for (int i = 0; i < each; i++) {
            shared.add(change(server, i));
          }
        }));
      }
      List<Future<Long>> reading = readers.stream()
          .map(reader -> threads.submit(() -> readAll(reader, (long) writers * each)))
          .toList();
      for (Future<?> writer : writing) {
        writer.get();
      }
      for (Future<Long> reader : reading) {
        assertEquals((long) writers * each, reader.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Reads until all are read or missed; each server's changes must come in their order. */
  private static long readAll(ChangeLog.Reader reader, long all) {
    Map<String, Long> last = new HashMap<>();
    long count = 0;
    while (count < all) {
      for (KeyChange next = reader.next(all); next != null; next = reader.next(all)) {
        long number = next.size().getAsLong();
        Long before = last.put(next.server(), number);
        assertTrue(before == null || before < number, () -> before + " before " + number);
        count++;
      }
      count += reader.takeMissed();
    }
    return count;
  }
}
