package org.ocmcore.cache.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeyNamesTest {
  private static final KeyNames NAMES = new KeyNames(30);

  @Test
  void aKeyIsAFunctionOfItsIndex() {
    assertEquals("a01:cart:234:5880ac9b1ee8d4567", new KeyNames(30).text(1_234_567));
    assertEquals(NAMES.text(5), new KeyNames(30).text(5));
  }

  @Test
  void allKeysHaveTheSameLength() {
    for (int length : IntStream.of(16, 17, 29, 30, 33, 96, 250).toArray()) {
      KeyNames names = new KeyNames(length);
      assertEquals(length, names.bytes(0).length);
      assertEquals(length, names.text(99_999_999).length());
    }
  }

  @Test
  void evenShortKeysAreDistinct() {
    KeyNames shortest = new KeyNames(KeyNames.MIN_BYTES);
    Set<String> all = new HashSet<>();
    LongStream.range(998_000, 1_003_000).forEach(i -> all.add(shortest.text(i)));
    assertEquals(5_000, all.size());
  }

  @Test
  void aGroupHasAThousandKeys() {
    Map<String, Long> groups = LongStream.range(990_000, 1_010_000)
        .mapToObj(NAMES::text)
        .map(key -> key.substring(0, key.lastIndexOf(':') + 1))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertEquals(20, groups.size());
    assertEquals(Set.of(1_000L), Set.copyOf(groups.values()));
    assertEquals(1_000, groups.get(KeyNames.groupPrefix(995_123)));
    assertEquals(1_000, groups.get(KeyNames.groupPrefix(1_000_000)));
  }

  @Test
  void anAppHasAThousandGroups() {
    Set<String> groups = new HashSet<>();
    for (long i = 0; i < 3_000_000; i += 500) {
      if (NAMES.text(i).startsWith(KeyNames.appPrefix(1_000_000))) {
        groups.add(KeyNames.groupPrefix(i));
      }
    }
    assertEquals(1_000, groups.size());
  }

  @Test
  void aKeyIsWrittenAtItsOffset() {
    byte[] into = new byte[50];
    assertEquals(37, NAMES.write(42, into, 7));
    assertEquals(NAMES.text(42), new String(into, 7, 30));
    assertEquals(0, into[6] + into[37]);
  }

  @Test
  void wrongLengthsAndIndexesAreRejected() {
    assertThrows(IllegalArgumentException.class, () -> new KeyNames(15));
    assertThrows(IllegalArgumentException.class, () -> new KeyNames(251));
    assertThrows(IllegalArgumentException.class, () -> NAMES.text(-1));
    assertThrows(IllegalArgumentException.class, () -> NAMES.text(KeyNames.MAX_KEYS));
    assertThrows(IllegalArgumentException.class, () -> KeyNames.appPrefix(-1));
  }
}
