package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.testing.FuzzSeed;

/** The two parsers of an entry agree on every line, and both give back what was encoded. */
final class EntryParsersFuzzTest {
  private static final EntryEncoder ENCODER = new EntryEncoder();

  public static void fuzzerTestOneInput(byte[] input) {
    byte[] line = Arrays.copyOf(input, input.length + 1);
    line[input.length] = '\n';
    int length = 0;
    while (line[length] != '\n') {
      length++;
    }
    Optional<DumpEntry> canonical = new CanonicalEntryParser(line, 0, length + 1).next();
    try {
      DumpEntry general = EntryLine.parse(line, 0, length, 1);
      canonical.ifPresent(entry -> assertEquals(general, entry));
      assertComesBack(general);
    } catch (CorruptDumpException refused) {
      assertEquals(Optional.empty(), canonical, "only one parser takes the line");
    }
    if (input.length > 2) {
      assertComesBack(entry(input));
    }
  }

  /** An entry whose key, value and numbers are parts of the input. */
  private static DumpEntry entry(byte[] input) {
    int split = 1 + Math.floorMod(input[0], Math.min(input.length - 1, CacheKey.MAX_BYTES));
    byte[] key = Arrays.copyOfRange(input, 1, 1 + split);
    byte[] value = Arrays.copyOfRange(input, Math.min(1 + split, input.length), input.length);
    long number = Arrays.hashCode(input);
    return new DumpEntry(
        new CacheEntry(
            key(key),
            CacheValue.wrap(value, number & CacheValue.MAX_FLAGS),
            input[1] % 2 == 0 ? Expiry.NEVER : new Expiry(number)),
        input[2] % 2 == 0 ? KeyInfo.UNKNOWN : Math.abs(number));
  }

  /** The key of these bytes, or as long a beginning of them as memcached can hold. */
  private static CacheKey key(byte[] bytes) {
    try {
      return CacheKey.ofBytes(bytes);
    } catch (IllegalArgumentException tooLongForBase64) {
      return CacheKey.ofBytes(bytes, 0, CacheKey.MAX_ENCODED_BYTES);
    }
  }

  private static void assertComesBack(DumpEntry entry) {
    ENCODER.clear();
    assertTrue(ENCODER.add(entry));
    byte[] line = Arrays.copyOf(ENCODER.bytes(), ENCODER.length());
    try {
      assertEquals(entry, EntryLine.parse(line, 0, line.length - 1, 1));
    } catch (CorruptDumpException e) {
      throw new AssertionError("an encoded entry is refused", e);
    }
    Optional<DumpEntry> canonical = new CanonicalEntryParser(line, 0, line.length).next();
    canonical.ifPresent(parsed -> assertEquals(entry, parsed));
  }

  static Stream<FuzzSeed> seeds() {
    return FuzzSeed.of(EntryParsersFuzzTest.class);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void seedHolds(FuzzSeed seed) {
    fuzzerTestOneInput(seed.bytes());
  }
}
