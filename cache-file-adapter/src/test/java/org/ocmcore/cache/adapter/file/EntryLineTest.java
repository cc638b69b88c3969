package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpEntry;

/**
 * Encoded entries are parsed back by our own parser and by Jackson, with the same result. By
 * default the random searches take few rounds, and the complete ones try every 13th case;
 * {@code -Dcache.fuzz.factor=70} tries every case and 70 times the rounds (see {@link FuzzRounds}).
 */
final class EntryLineTest {
  private static final int STRIDE = FuzzRounds.stride(13);
  private static final int ROUNDS = FuzzRounds.of(300);

  /** Shared by all entries of a test, since a new one takes a megabyte. */
  private final EntryEncoder encoder = new EntryEncoder();

  private static DumpEntry entry(byte[] key, byte[] value, Random random) {
    Expiry expiry = random.nextBoolean() ? Expiry.NEVER : new Expiry(random.nextLong() >> 40);
    return new DumpEntry(
        new CacheEntry(
            CacheKey.ofBytes(key),
            CacheValue.wrap(value, random.nextLong() & CacheValue.MAX_FLAGS),
            expiry),
        random.nextBoolean() ? KeyInfo.UNKNOWN : random.nextInt(Integer.MAX_VALUE));
  }

  private byte[] encoded(DumpEntry entry) {
    encoder.clear();
    assertTrue(encoder.add(entry));
    return Arrays.copyOf(encoder.bytes(), encoder.length());
  }

  private void assertComesBack(DumpEntry entry) throws CorruptDumpException {
    byte[] line = encoded(entry);
    int end = line.length - 1;
    assertEquals('\n', line[end]);
    Supplier<String> text = () -> new String(line, StandardCharsets.UTF_8);
    assertEquals(Optional.of(entry), canonical(line), text);
    assertEquals(entry, EntryLine.parse(line, 0, end, 1), text);
  }

  /** The entry of this line, with its end; empty if it is not canonical. */
  private static Optional<DumpEntry> canonical(byte[] line) {
    CanonicalEntryParser lines = new CanonicalEntryParser(line, 0, line.length);
    Optional<DumpEntry> entry = lines.next();
    assertTrue(entry.isPresent() || lines.position() == 0);
    return entry.filter(read -> lines.position() == line.length);
  }

  @Test
  void bothParsersReadRandomEntries() throws CorruptDumpException {
    Random random = new Random(1);
    for (int i = 0; i < ROUNDS; i++) {
      assertComesBack(entry(RandomBytes.key(random), RandomBytes.value(random), random));
    }
  }

  @Test
  void shortByteSequencesComeBack() throws CorruptDumpException {
    Random random = new Random(2);
    byte[] key = {'k'};
    for (int i = 0; i < 0x1_0000; i += STRIDE) {
      assertComesBack(entry(key, new byte[] {(byte) (i >> 8), (byte) i}, random));
    }
    int[] interesting = {
      0, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0,
      0xf4, 0xf5, 0xff, '"', '\\', '\n', 'x'
    };
    int count = interesting.length;
    for (int i = 0; i < count * count * count * count; i += STRIDE) {
      byte[] value = new byte[4];
      for (int rest = i, at = 0; at < value.length; rest /= count, at++) {
        value[at] = (byte) interesting[rest % count];
      }
      assertComesBack(entry(key, value, random));
    }
  }

  @Test
  void anyByteAmongPlainOnesComesBack() throws CorruptDumpException {
    Random random = new Random(5);
    byte[] key = {'k'};
    for (int length = 1; length < 26; length++) {
      for (int at = 0; at < length; at++) {
        for (int odd = random.nextInt(STRIDE); odd < 0x100; odd += STRIDE) {
          byte[] value =
              "All that is plain stays so".substring(0, length).getBytes(StandardCharsets.UTF_8);
          value[at] = (byte) odd;
          assertComesBack(entry(key, value, random));
        }
      }
    }
  }

  @Test
  void emptyAndHugeValuesComeBack() throws CorruptDumpException {
    Random random = new Random(3);
    byte[] key = {'k'};
    byte[] noise = new byte[2_500_000];
    random.nextBytes(noise);
    byte[] quotes = new byte[2_500_000];
    Arrays.fill(quotes, (byte) '"');
    byte[] text = "é🔑\n".repeat(300_000).getBytes(StandardCharsets.UTF_8);
    byte[] late = text.clone();
    late[late.length - 1] = 1;
    for (byte[] value : new byte[][] {{}, noise, quotes, text, late}) {
      assertComesBack(entry(key, value, random));
    }
  }

  /** Where the two read the same at all, they read the same. */
  @Test
  void ourParserAcceptsOnlyWhatJacksonAccepts() {
    Random random = new Random(4);
    int read = 0;
    int left = 0;
    for (int i = 0; i < 10 * ROUNDS; i++) {
      DumpEntry entry = entry(RandomBytes.key(random), RandomBytes.shortValue(random), random);
      byte[] line = changed(encoded(entry), random);
      Optional<DumpEntry> plain = canonical(line);
      if (plain.isPresent()) {
        read++;
        assertEquals(plain, jackson(line), () -> new String(line, StandardCharsets.UTF_8));
      } else if (jackson(line).isPresent()) {
        left++;
      }
    }
    assertTrue(read > ROUNDS / 10 && left > ROUNDS / 1000, read + " read, " + left + " left");
  }

  private static Optional<DumpEntry> jackson(byte[] line) {
    try {
      return Optional.of(EntryLine.parse(line, 0, line.length - 1, 1));
    } catch (CorruptDumpException e) {
      return Optional.empty();
    }
  }

  /** A line with a byte or two before its end changed, put in or taken out. */
  private static byte[] changed(byte[] line, Random random) {
    byte[] changed = Arrays.copyOf(line, line.length - 1);
    for (int changes = random.nextInt(3); changes >= 0; changes--) {
      int at = random.nextInt(changed.length);
      byte with = (byte)
          (random.nextBoolean()
              ? random.nextInt(256)
              : "0123456789-\\\"/unlrtu {}".charAt(random.nextInt(23)));
      switch (random.nextInt(3)) {
        case 0 -> changed[at] = with;
        case 1 -> changed = without(changed, at);
        default -> changed = with(changed, at, with);
      }
    }
    return with(changed, changed.length, (byte) '\n');
  }

  private static byte[] without(byte[] line, int at) {
    byte[] shorter = Arrays.copyOf(line, line.length - 1);
    System.arraycopy(line, at + 1, shorter, at, shorter.length - at);
    return shorter;
  }

  private static byte[] with(byte[] line, int at, byte more) {
    byte[] longer = Arrays.copyOf(line, line.length + 1);
    longer[at] = more;
    System.arraycopy(line, at, longer, at + 1, line.length - at);
    return longer;
  }
}
