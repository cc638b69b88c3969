package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ocmcore.cache.adapter.file.Segment.Sort;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpInfo;
import org.ocmcore.cache.domain.port.DumpPort.DumpWriter;

/** Whatever becomes of a file: it is told where, nothing wrong is read, intact blocks come back. */
final class SalvageTest {
  private static final int BLOCKS = 6;
  private static final int ROUNDS = 600;

  @TempDir
  private Path folder;

  private Path file;
  private FileDumps dumps;
  private final List<List<CacheEntry>> blocks = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private byte[] whole;

  /** Where a part of the dump is: the header, the blocks, and the end. */
  private record Place(int from, int to) {
    boolean isWithin(int start, int end) {
      return from >= start && to <= end;
    }
  }

  private void writeDump(String name) throws IOException {
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
      SegmentReader pieces = SegmentReader.of(channel);
      for (Segment piece = pieces.next(); piece != null; piece = pieces.next()) {
        assertTrue(piece.sort() != Sort.DAMAGE);
        places.add(new Place((int) piece.fileFrom(), (int) piece.fileTo()));
      }
    }
    assertEquals(BLOCKS + 2, places.size());
  }

  /** The blocks that come back, by their numbers from 1; asserts that nothing else does. */
  private Set<Integer> salvaged(byte[] content, String hint) throws IOException {
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

  private static Set<Integer> numbers(int first, int last) {
    Set<Integer> numbers = new TreeSet<>();
    IntStream.rangeClosed(first, last).forEach(numbers::add);
    return numbers;
  }

  /** The blocks that lie before one place in the file, or behind another. */
  private Set<Integer> outside(int from, int to) {
    Set<Integer> outside = new TreeSet<>();
    for (int i = 1; i <= BLOCKS; i++) {
      if (places.get(i).isWithin(0, from) || places.get(i).isWithin(to, whole.length)) {
        outside.add(i);
      }
    }
    return outside;
  }

  private boolean isOfAnotherVersion() {
    return dumps.describe(file.getFileName().toString()).damages().stream()
        .anyMatch(damage -> damage.reason().startsWith("it was written by a newer version")
            || damage.reason().startsWith("it is of format 1"));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private byte[] part(int from, int to) {
    return Arrays.copyOfRange(whole, from, to);
  }

  /** The dump with its parts in this order; 0 is the header and {@link #BLOCKS} + 1 the end. */
  private byte[] ordered(int... numbers) {
    byte[] all = {};
    for (int number : numbers) {
      all = joined(all, part(places.get(number).from(), places.get(number).to()));
    }
    return all;
  }

  private boolean isWhole(String name) {
    return dumps.describe(name).valid();
  }

  private boolean tells(String reason) {
    return dumps.describe(file.getFileName().toString()).damages().stream()
        .anyMatch(damage -> damage.reason().contains(reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dump.json", "dump.json.gz", "dump.json.zst"})
  void cutOffAnywhereItGivesTheBlocksBefore(String name) throws IOException {
    writeDump(name);
    for (int length = 0; length < whole.length; length++) {
      assertEquals(
          outside(length, whole.length), salvaged(part(0, length), "first " + length + " bytes"));
      assertFalse(isWhole(name), "first " + length + " bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dump.json", "dump.json.gz", "dump.json.zst"})
  void withAnyByteChangedItGivesTheOtherBlocks(String name) throws IOException {
    writeDump(name);
    Random random = new Random(2);
    for (int i = 0; i < whole.length; i++) {
      for (int with : new int[] {1 << random.nextInt(8), 1 + random.nextInt(255)}) {
        byte[] changed = whole.clone();
        changed[i] ^= (byte) with;
        String hint = "byte " + i + " with " + with;
        Set<Integer> found = salvaged(changed, hint);
        assertTrue(
            found.containsAll(outside(i, i + 1)) || i < places.get(0).to() && isOfAnotherVersion(),
            hint + " gives " + found);
        // Some bits of frames mean nothing.
        assertTrue(!name.endsWith(".json") || !isWhole(name), hint);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dump.json", "dump.json.gz", "dump.json.zst"})
  void aBlockThatIsDamagedIsToldOnce(String name) throws IOException {
    writeDump(name);
    for (int block = 1; block <= BLOCKS; block++) {
      Place place = places.get(block);
      byte[] changed = whole.clone();
      changed[(place.from() + place.to()) / 2] ^= 4;
      Files.write(file, changed);
      List<DumpDamage> damages = dumps.describe(name).damages();
      assertEquals(1, damages.size(), damages.toString());
      DumpDamage damage = damages.get(0);
      assertEquals(place, new Place((int) damage.from(), (int) damage.to()));
      // That the last frame before the end was a block, nothing tells.
      assertTrue(
          damage.reason().startsWith("block " + block + ": ")
              || block == BLOCKS && !name.equals("dump.json"),
          damage.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dump.json", "dump.json.gz", "dump.json.zst"})
  void blocksThatAreMissingBesideADamagedPlaceAreTold(String name) throws IOException {
    writeDump(name);
    byte[] rubbish = "rubbish\n".getBytes(StandardCharsets.UTF_8);
    Files.write(file, joined(ordered(0, 1), rubbish, ordered(4, 5, 6, 7)));
    assertTrue(tells("blocks 2 to 3: missing"));
    Files.write(file, joined(ordered(0, 1), rubbish, ordered(2), rubbish, ordered(4, 5, 6, 7)));
    assertTrue(tells("block 3: missing"));
    Files.write(file, joined(rubbish, ordered(2, 3, 4, 5, 6, 7)));
    assertTrue(tells("block 1: missing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dump.json", "dump.json.gz", "dump.json.zst"})
  void withBytesPutInAnywhereItGivesTheOtherBlocks(String name) throws IOException {
    writeDump(name);
    Random random = new Random(3);
    for (int i = 0; i < ROUNDS; i++) {
      int at = i < 10 ? 0 : i < 20 ? whole.length : random.nextInt(whole.length + 1);
      byte[] more = new byte[1 + random.nextInt(i % 7 == 0 ? 3_000 : 9)];
      random.nextBytes(more);
      String hint = "round " + i + ", at " + at;
      Set<Integer> found = salvaged(joined(part(0, at), more, part(at, whole.length)), hint);
      assertTrue(found.containsAll(outside(at, at)), hint + " gives " + found);
      assertFalse(isWhole(name), hint);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dump.json", "dump.json.gz", "dump.json.zst"})
  void withBytesTakenOutAnywhereItGivesTheOtherBlocks(String name) throws IOException {
    writeDump(name);
    Random random = new Random(4);
    for (int i = 0; i < ROUNDS; i++) {
      int from = random.nextInt(whole.length);
      int to = Math.min(whole.length, from + 1 + random.nextInt(i % 2 == 0 ? 9 : 600));
      String hint = "round " + i + ", " + from + " to " + to;
      Set<Integer> found = salvaged(joined(part(0, from), part(to, whole.length)), hint);
      assertTrue(found.containsAll(outside(from, to)), hint + " gives " + found);
      assertFalse(isWhole(name), hint);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dump.json", "dump.json.gz", "dump.json.zst"})
  void changedInManyWaysItGivesNothingWrong(String name) throws IOException {
    writeDump(name);
    Random random = new Random(5);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] changed = whole;
      for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
        int at = random.nextInt(changed.length);
        int length = random.nextInt(1 + changed.length - at) / (1 + random.nextInt(20));
        byte[] before = Arrays.copyOf(changed, at);
        byte[] behind = Arrays.copyOfRange(changed, at + length, changed.length);
        int copied = random.nextInt(whole.length);
        byte[] between = random.nextBoolean()
            ? part(copied, Math.min(whole.length, copied + random.nextInt(500)))
            : new byte[random.nextInt(5)];
        changed = joined(before, between, behind, new byte[] {(byte) random.nextInt()});
      }
      salvaged(changed, "round " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dump.json", "dump.json.gz", "dump.json.zst"})
  void itsPartsInAnotherOrderAreTold(String name) throws IOException {
    writeDump(name);
    assertEquals(numbers(1, BLOCKS), salvaged(ordered(0, 1, 2, 3, 4, 5, 6, 7), "as it was"));
    assertTrue(isWhole(name));
    assertEquals(Set.of(1, 2, 4, 5, 6), salvaged(ordered(0, 1, 2, 4, 5, 6, 7), "one is missing"));
    assertTrue(tells("block 3: missing"));
    assertEquals(Set.of(1, 4, 5, 6), salvaged(ordered(0, 1, 4, 5, 6, 7), "two are missing"));
    assertTrue(tells("blocks 2 to 3: missing"));
    assertEquals(numbers(1, 5), salvaged(ordered(0, 1, 2, 3, 4, 5, 7), "the last is missing"));
    assertTrue(tells("its account tells of 18 entries, and it has 15"));
    assertEquals(numbers(1, 6), salvaged(ordered(0, 1, 2, 2, 3, 4, 5, 6, 7), "one is doubled"));
    assertTrue(tells("block 2 comes a second time"));
    assertEquals(numbers(1, 6), salvaged(ordered(0, 1, 3, 2, 4, 5, 6, 7), "two are swapped"));
    assertTrue(tells("its last line should be"));
    assertEquals(numbers(1, 6), salvaged(ordered(1, 2, 3, 4, 5, 6, 7), "no header"));
    assertTrue(tells("its first line is missing"));
    assertEquals(numbers(1, 6), salvaged(ordered(1, 0, 2, 3, 4, 5, 6, 7), "a late header"));
    assertEquals(numbers(1, 6), salvaged(ordered(0, 0, 1, 2, 3, 4, 5, 6, 7), "two headers"));
    assertTrue(tells("it begins a second time"));
    assertEquals(numbers(1, 6), salvaged(ordered(0, 1, 2, 3, 4, 5, 6), "no end"));
    assertTrue(tells("it is cut off: its last lines are missing"));
    assertEquals(numbers(1, 6), salvaged(ordered(0, 1, 2, 3, 4, 5, 6, 7, 7), "two ends"));
    assertTrue(tells("it ends a second time"));
    assertEquals(numbers(1, 6), salvaged(ordered(0, 1, 2, 3, 4, 5, 7, 6), "a block at the end"));
    assertTrue(tells("block 6 stands behind the end"));
    assertEquals(Set.of(), salvaged(ordered(0, 7), "no blocks"));
    assertEquals(Set.of(), salvaged(ordered(7), "only the end"));
    assertEquals(Set.of(), salvaged(ordered(0), "only the header"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dump.json", "dump.json.gz", "dump.json.zst"})
  void aBlockMoreBehindTheEndOfAWholeDumpIsTold(String name) throws IOException {
    writeDump(name);
    String text = DumpFiles.block(BLOCKS + 1, DumpFiles.ENTRY);
    byte[] more = name.endsWith(".json")
        ? text.getBytes(StandardCharsets.UTF_8)
        : Compression.named(name).frame(text.getBytes(StandardCharsets.UTF_8), text.length());
    Files.write(file, joined(whole, more));
    assertFalse(isWhole(name));
    assertTrue(tells("block 7 stands behind the end"));
    assertThrows(DumpUnusable.class, () -> dumps.open(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dump.json.gz", "dump.json.zst"})
  void aFrameThatWouldFillTheMemoryIsPassedOver(String name) throws IOException {
    writeDump(name);
    byte[] zeros = new byte[100_000_000];
    byte[] bomb;
    if (name.endsWith(".gz")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(zeros);
      }
      bomb = out.toByteArray();
    } else {
      bomb = Zstd.compress(zeros, 1);
    }
    int at = places.get(3).to();
    byte[] content = joined(part(0, at), bomb, part(at, whole.length));
    assertEquals(numbers(1, BLOCKS), salvaged(content, "a bomb"));
    assertTrue(tells("a frame is longer than a block can be"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dump.json", "dump.json.gz", "dump.json.zst"})
  void ofManyLargeBlocksTheIntactOnesComeBack(String name) throws IOException {
    file = folder.resolve(name);
    dumps = new FileDumps(file);
    Random random = new Random(6);
    List<CacheEntry> entries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      byte[] value = new byte[i == 4 ? 5_000_000 : 800_000];
      random.nextBytes(value);
      entries.add(new CacheEntry(CacheKey.of("k" + i), CacheValue.wrap(value, 0), Expiry.NEVER));
    }
    DumpFiles.write(dumps, NOON, entries);
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
    List<CacheEntry> found = DumpFiles.salvage(dumps, name);
    entries.remove(4);
    assertEquals(entries, found);
    DumpInfo info = dumps.describe(name);
    assertEquals(7, info.entries());
    DumpDamage damage = info.damages().get(0);
    assertTrue(
        damage.from() <= content.length / 2 && damage.to() > content.length / 2, damage.toString());
  }
}
