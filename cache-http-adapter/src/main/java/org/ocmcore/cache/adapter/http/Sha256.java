package org.ocmcore.cache.adapter.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Hashes that stand for what they are of. */
final class Sha256 {
  private Sha256() {}

  /** In 64 hexadecimal digits. @param lines a line end is added to each */
  static String of(List<String> lines, byte[] rest) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      lines.forEach(line -> hash.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(hash.digest(rest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
