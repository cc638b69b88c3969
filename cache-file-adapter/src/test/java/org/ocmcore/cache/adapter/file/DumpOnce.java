package org.ocmcore.cache.adapter.file;

import java.nio.file.Path;
import java.time.Instant;
import org.ocmcore.cache.domain.error.DumpFailed;

/** A program that writes a dump of one value of so many bytes, and says how that went. */
final class DumpOnce {
  private DumpOnce() {}

  public static void main(String[] arguments) {
    String value = "x".repeat(Integer.parseInt(arguments[1]));
    try {
      DumpFiles.write(new FileDumps(Path.of(arguments[0])), Instant.now(), value);
      System.out.println("written");
    } catch (DumpFailed e) {
      System.out.println("failed: " + e.getMessage());
    }
  }
}
