package org.ocmcore.cache.app;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Writes a dump of very many small entries, as docs/dump-format.md has it. */
final class LargeDump {
  private static final int BLOCK = 10_000;
  private static final String SERVER = "127.0.0.1:11211";

  private LargeDump() {}

  /** The key with this number; it is refused by no pattern before its end. */
  static String key(int number) {
    return "user:%07d:session:aaaaaaaaaaaaaaaaaaaa".formatted(number);
  }

  /** Writes a dump of these keys; each has the value 1. */
  static void write(Path file, int keys) throws IOException {
    Files.createDirectories(file.getParent());
    MessageDigest sha = sha256();
    long bytes = 0;
    try (OutputStream out = new BufferedOutputStream(
        new DigestOutputStream(Files.newOutputStream(file), sha), 1 << 20)) {
      bytes += write(out, """
          {"format":"cache-app-dump","version":3,"created_at":"2026-01-02T12:00:00Z","servers":["%s"],"product":"1.0.0"}
          """.formatted(SERVER));
      for (int from = 0; from < keys; from += BLOCK) {
        bytes += write(out, block(from, Math.min(keys, from + BLOCK)));
      }
      bytes += write(out, """
          {"account":[{"server":"%s","seen":%d,"written":%d,"gone":0,"expired":0,"elsewhere":0,"stale":0,"too_large":0,"failed":0,"failure":null}],"complete":true}
          """.formatted(SERVER, keys, keys));
      out.flush();
      write(
          out,
          "{\"entries\":%d,\"bytes\":%d,\"sha256\":\"%s\"}\n"
              .formatted(keys, bytes, HexFormat.of().formatHex(sha.digest())));
    }
  }

  private static String block(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines
          .append("{\"key\":\"")
          .append(key(i))
          .append("\",\"value\":\"1\",\"flags\":0,\"expires_at\":null,\"size\":70,"
              + "\"last_access\":null}\n");
    }
    String begun = "{\"block\":%d,\"server\":0,\"entries\":%d,\"bytes\":%d"
        .formatted(from / BLOCK + 1, to - from, lines.length());
    lines.append(begun);
    CRC32C crc = new CRC32C();
    crc.update(lines.toString().getBytes(StandardCharsets.US_ASCII));
    return lines.append(",\"crc32c\":\"%08x\"}\n".formatted(crc.getValue())).toString();
  }

  private static int write(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.write(bytes);
    return bytes.length;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
