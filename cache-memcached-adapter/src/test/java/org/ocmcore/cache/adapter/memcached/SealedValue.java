package org.ocmcore.cache.adapter.memcached;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import org.ocmcore.cache.domain.entry.CacheValue;

/**
 * A value that says which key it belongs to and which write made it, with a checksum over both and
 * over its padding.
 */
public record SealedValue(String key, long sequence) {
  /** @param padding its length in bytes */
  public CacheValue value(int padding) {
    String content = key + " " + sequence + " " + "x".repeat(padding);
    return CacheValue.ofText(checksum(content) + " " + content);
  }

  /** Returns what the value says; empty if its checksum is wrong. */
  static Optional<SealedValue> of(CacheValue value) {
    String text = new String(value.bytes(), StandardCharsets.ISO_8859_1);
    String[] parts = text.split(" ", 4);
    if (parts.length != 4 || !parts[0].equals(checksum(text.substring(parts[0].length() + 1)))) {
      return Optional.empty();
    }
    return Optional.of(new SealedValue(parts[1], Long.parseLong(parts[2])));
  }

  private static String checksum(String content) {
    CRC32 crc = new CRC32();
    crc.update(content.getBytes(StandardCharsets.ISO_8859_1));
    return Long.toHexString(crc.getValue());
  }
}
