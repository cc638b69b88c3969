package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.error.DumpUnusable;
import org.ocmcore.cache.domain.key.CacheKey;

/** Random entries survive each format, and no damage of a file is worse than a refusal. */
class ForeignFileFuzzTest extends ForeignFileFixture {
  private static final String CHARACTERS = "ab\",\r\n\t:{}\\ü€\u0001 0";

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CACHE")
  void randomEntriesSurvive(FileFormat format) {
    for (int round = 0; round < FuzzRounds.of(50); round++) {
      List<CacheEntry> entries = randomEntries();
      assertEquals(entries, entries(format, written(format, entries)), () -> "seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CACHE")
  void damageIsRefusedOrReadAsAnotherText(FileFormat format) {
    for (int round = 0; round < FuzzRounds.of(200); round++) {
      byte[] damaged = written(format, randomEntries());
      if (random.nextBoolean()) {
        damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      } else {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        entries(format.source(write(damaged), NOW));
      } catch (DumpUnusable e) {
        assertTrue(e.getMessage().contains("line "), () -> e.getMessage() + ", seed " + seed);
      }
    }
  }

  private List<CacheEntry> randomEntries() {
    List<CacheEntry> entries = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      StringBuilder value = new StringBuilder();
      int length = random.nextInt(20);
      for (int j = 0; j < length; j++) {
        value.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
      }
      CacheKey key = CacheKey.of("k\"," + random.nextInt(1_000) + "ü");
      Expiry expiry = random.nextBoolean() ? Expiry.NEVER : in(3_000_000 + random.nextInt(1_000));
      byte[] bytes = value.toString().getBytes(StandardCharsets.UTF_8);
      long flags = random.nextLong(CacheValue.MAX_FLAGS + 1);
      entries.add(new CacheEntry(key, CacheValue.wrap(bytes, flags), expiry));
    }
    return entries;
  }

  private byte[] written(FileFormat format, List<CacheEntry> entries) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    if (format == FileFormat.CSV) {
      file.writeBytes("key,value,value_base64,ttl,flags\r\n".getBytes(StandardCharsets.UTF_8));
    }
    entries.forEach(entry -> file.writeBytes(written(format, entry)));
    return file.toByteArray();
  }

  private byte[] written(FileFormat format, CacheEntry entry) {
    byte[] value = entry.value().bytes();
    String text = new String(value, StandardCharsets.UTF_8);
    String ttl = entry
        .expiry()
        .remaining(NOW)
        .map(left -> Long.toString(left.toSeconds()))
        .orElse("-1");
    boolean base64 = random.nextBoolean();
    String encoded = Base64.getEncoder().encodeToString(value);
    String line = switch (format) {
      case MEMCACHED_TOOL ->
        "add %s %d %d %d\r\n%s\r\n"
            .formatted(
                entry.key(),
                entry.value().flags(),
                entry.expiry().isNever() ? 0 : entry.expiry().epochSecond(),
                value.length,
                text);
      case CSV ->
        "%s,%s,%s,%s,%d\r\n"
            .formatted(
                quoted(entry.key().toString()),
                base64 ? "" : quoted(text),
                base64 ? encoded : "",
                ttl,
                entry.value().flags());
      default ->
        "{\"key\":%s,%s,\"ttl\":%s,\"flags\":%d}\n"
            .formatted(
                json(entry.key().toString()),
                base64 ? "\"value\":{\"base64\":\"" + encoded + "\"}" : "\"value\":" + json(text),
                ttl,
                entry.value().flags());
    };
    return line.getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(character -> json.append(
            character < ' ' || character == '"' || character == '\\'
                ? "\\u%04x".formatted(character)
                : String.valueOf((char) character)));
    return json.append('"').toString();
  }
}
