package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.adapter.file.Segment.Kind;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;

/** A dump of several blocks, and the checks of what is salvaged when its file is damaged. */
abstract class SalvageFixture {
  static final int BLOCKS = 6;

  @TempDir
  Path folder;

  Path file;

  FileDumps dumps;

  final List<List<CacheEntry>> blocks = new ArrayList<>();

  final List<Place> places = new ArrayList<>();

  byte[] whole;

  /** The file range of a segment: of the header, a block, or the end. */
  record Place(int from, int to) {
    boolean isWithin(int start, int end) {
      return from >= start && to <= end;
    }
  }

  void writeDump(String name) throws IOException {
    file = folder.resolve(name);
    dumps = new FileDumps(file);
    Random random = new Random(1);
    try (DumpWriter writer = dumps.create(DumpFiles.header(NOON))) {
      for (int i = 0; i < BLOCKS; i++) {
        List<CacheEntry> block = new ArrayList<>();
        for (int j = 0; j < 3; j++) {
          block.add(new CacheEntry(
              CacheKey.of("key:" + i + ":" + j),
              CacheValue.wrap(RandomBytes.shortValue(random), 0),
              Expiry.NEVER));
        }
        blocks.add(block);
        DumpFiles.writePart(writer, block);
      }
      writer.commit(DumpFiles.account(3 * BLOCKS), () -> {});
    }
    whole = Files.readAllBytes(file);
    try (FileChannel channel = FileChannel.open(file)) {
      SegmentReader segments = SegmentReader.of(channel);
      for (Segment segment = segments.next(); segment != null; segment = segments.next()) {
        assertTrue(segment.kind() != Kind.DAMAGE);
        places.add(new Place((int) segment.fileFrom(), (int) segment.fileTo()));
      }
    }
    assertEquals(BLOCKS + 2, places.size());
  }

  /** The numbers, from 1, of the salvaged blocks; asserts that nothing else is salvaged. */
  Set<Integer> salvaged(byte[] content, String hint) throws IOException {
    Files.write(file, content);
    DumpInfo info = dumps.describe(file.getFileName().toString());
    for (DumpDamage damage : info.damages()) {
      assertTrue(
          0 <= damage.from() && damage.from() <= damage.to() && damage.to() <= content.length,
          hint + ": " + damage);
      assertFalse(damage.reason().isEmpty(), hint);
    }
    if (info.valid()) {
      assertEquals(
          blocks.stream().flatMap(List::stream).toList(), DumpFiles.read(dumps, info.name()), hint);
      return numbers(1, BLOCKS);
    }
    assertThrows(DumpUnusable.class, () -> dumps.open(info.name()), hint);
    if (info.entries() == 0) {
      assertThrows(DumpUnusable.class, () -> dumps.salvage(info.name()), hint);
      return Set.of();
    }
    List<CacheEntry> rest = new ArrayList<>(DumpFiles.salvage(dumps, info.name()));
    assertEquals(info.entries(), rest.size(), hint);
    Set<Integer> found = new TreeSet<>();
    while (!rest.isEmpty()) {
      int block = blocks.indexOf(rest.subList(0, 3));
      assertTrue(block >= 0 && found.add(block + 1), hint);
      rest.subList(0, 3).clear();
    }
    return found;
  }

  static Set<Integer> numbers(int first, int last) {
    Set<Integer> numbers = new TreeSet<>();
    IntStream.rangeClosed(first, last).forEach(numbers::add);
    return numbers;
  }

  /** The numbers of the blocks before one offset of the file, or behind another. */
  Set<Integer> outside(int from, int to) {
    Set<Integer> outside = new TreeSet<>();
    for (int i = 1; i <= BLOCKS; i++) {
      if (places.get(i).isWithin(0, from) || places.get(i).isWithin(to, whole.length)) {
        outside.add(i);
      }
    }
    return outside;
  }

  boolean isOfAnotherVersion() {
    return dumps.describe(file.getFileName().toString()).damages().stream()
        .anyMatch(damage -> damage.reason().startsWith("it was written by a newer version")
            || damage.reason().startsWith("it is of format 1"));
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  byte[] part(int from, int to) {
    return Arrays.copyOfRange(whole, from, to);
  }

  /** The segments in this order; 0 is the header, and {@link #BLOCKS} + 1 the end. */
  byte[] ordered(int... numbers) {
    byte[] all = {};
    for (int number : numbers) {
      all = joined(all, part(places.get(number).from(), places.get(number).to()));
    }
    return all;
  }

  boolean isWhole(String name) {
    return dumps.describe(name).valid();
  }

  boolean reports(String reason) {
    return dumps.describe(file.getFileName().toString()).damages().stream()
        .anyMatch(damage -> damage.reason().contains(reason));
  }
}
