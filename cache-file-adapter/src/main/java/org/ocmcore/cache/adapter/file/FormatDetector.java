package org.ocmcore.cache.adapter.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Recognises the format of a file by its first line. */
final class FormatDetector {
  /** Fields of dumps only: a dump without its first line is still a dump. */
  private static final List<String> OF_DUMPS =
      List.of("\"expires_at\":", "\"block\":", "\"format\":\"" + DumpFormat.NAME);

  private FormatDetector() {}

  /** @param firstBytes of the file, without compression */
  static FileFormat detect(byte[] firstBytes) {
    String text = new String(firstBytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n');
    String line = (end < 0 ? text : text.substring(0, end)).strip();
    if (line.startsWith("add ") || line.startsWith("set ")) {
      return FileFormat.MEMCACHED_TOOL;
    }
    if (line.startsWith("{")) {
      boolean named = line.contains("\"key\"") || line.contains("\"key_base64\"");
      return named && OF_DUMPS.stream().noneMatch(line::contains)
          ? FileFormat.NDJSON
          : FileFormat.CACHE;
    }
    boolean hasKey = Arrays.stream(line.split(",", -1))
        .map(cell -> cell.replace("\"", ""))
        .anyMatch(cell -> cell.equals(EntryFields.KEY) || cell.equals(EntryFields.KEY_BASE64));
    return hasKey ? FileFormat.CSV : FileFormat.CACHE;
  }
}
