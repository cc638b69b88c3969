package org.ocmcore.cache.adapter.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.ocmcore.cache.domain.key.CacheKey;

/** Random keys and values: text, control characters and other bytes. */
final class RandomBytes {
  private RandomBytes() {}

  static byte[] key(Random random) {
    byte[] bytes = random.nextBoolean() ? text(random, 1 + random.nextInt(80)) : any(random, 250);
    byte[] key = Arrays.copyOf(bytes, Math.min(Math.max(1, bytes.length), CacheKey.MAX_BYTES));
    for (int i = 0; i < key.length; i++) {
      if (key[i] == ' ' || key[i] == '\r' || key[i] == '\n' || key[i] == 0) {
        key[i] = '_';
      }
    }
    return key;
  }

  static byte[] value(Random random) {
    int most = random.nextInt(20) == 0 ? 20_000 : 200;
    return random.nextBoolean() ? text(random, random.nextInt(most)) : any(random, most);
  }

  static byte[] shortValue(Random random) {
    return random.nextBoolean() ? text(random, random.nextInt(8)) : any(random, 8);
  }

  private static byte[] any(Random random, int most) {
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] text(Random random, int characters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < characters; i++) {
      text.appendCodePoint(character(random));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static int character(Random random) {
    int character = switch (random.nextInt(5)) {
      case 0 -> random.nextInt(0x20);
      case 1 -> random.nextInt(0x100);
      case 2 -> random.nextInt(0x1_0000);
      case 3 -> 0x1_0000 + random.nextInt(0x10_0000);
      default -> 0x20 + random.nextInt(0x5f);
    };
    return character >= 0xd800 && character <= 0xdfff ? '?' : character;
  }
}
