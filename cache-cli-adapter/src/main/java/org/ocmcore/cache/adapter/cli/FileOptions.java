package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a file that a verb reads is opened. */
final class FileOptions {
  @Option(
      names = "--format",
      paramLabel = "cache|memcached-tool|csv|ndjson",
      description = "what FILE is (default: as its first line says)")
  private String format;

  @Option(
      names = "--follow-symlinks",
      description = "use what FILE leads to if it is a symbolic link, instead of refusing")
  private boolean followsLinks;

  boolean followsLinks() {
    return followsLinks;
  }

  /**
   * Opens a file that exists and is readable; its content is not checked yet.
   *
   * @throws IOException if it cannot be read; the message is a sentence for the user
   */
  DumpFile open(Path file, CommandHost host, CommandContext context) throws IOException {
    return open(file, followsLinks, host, context);
  }

  /** The same, and the file may be a symbolic link if this says so. */
  DumpFile open(Path file, boolean followsLinks, CommandHost host, CommandContext context)
      throws IOException {
    if (format != null && !host.fileFormats().contains(format)) {
      throw new WrongUsage("--format is \"%s\": it must be %s"
          .formatted(format, String.join(", ", host.fileFormats())));
    }
    requireReadable(file);
    return new DumpFile(host.openFile(
        file, followsLinks, Optional.ofNullable(format), context.clock().instant()));
  }

  private static void requireReadable(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("there is no file " + file);
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file + " is no ordinary file: it is read twice, so save a pipe as a file first");
    }
    try (InputStream in = Files.newInputStream(file)) {
      in.read();
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + IoReason.of(e), e);
    }
  }
}
