package org.ocmcore.cache.adapter.file;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the lines of a file of an audit log. For one thread. */
final class AuditInput implements AutoCloseable {
  private final InputStream in;

  private AuditInput(InputStream in) {
    this.in = in;
  }

  static AuditInput open(Path file) throws IOException {
    return new AuditInput(new BufferedInputStream(Files.newInputStream(file), 64 * 1024));
  }

  /**
   * What comes up to the end of a line, or of the file.
   *
   * @param isWhole whether the line ends
   */
  record RawLine(byte[] bytes, boolean isWhole) {}

  /**
   * The next line; empty at the end.
   *
   * @throws BrokenAudit if it is longer than every line
   */
  Optional<RawLine> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return Optional.of(new RawLine(line.toByteArray(), true));
      }
      if (line.size() == AuditLine.MAX_BYTES) {
        throw new BrokenAudit("it is too long for a line of an audit log");
      }
      line.write(b);
    }
    return line.size() == 0
        ? Optional.empty()
        : Optional.of(new RawLine(line.toByteArray(), false));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /**
   * How a file ends.
   *
   * @param last its last whole line; empty if it has none
   * @param firstNumber the number of its first line; 0 if it has none
   * @param wholeBytes the bytes up to the end of that line
   * @param cut what follows that line, and has no end
   */
  record Tail(Optional<AuditLine> last, long firstNumber, long wholeBytes, byte[] cut) {
    static final Tail EMPTY = new Tail(Optional.empty(), 0, 0, new byte[0]);
  }

  /**
   * Reads how a file ends. Only its first and last lines are checked.
   *
   * @throws BrokenAudit if one of these is no line of an audit log
   */
  static Tail tail(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Tail.EMPTY;
    }
    byte[] first = null;
    byte[] last = null;
    byte[] cut = new byte[0];
    long whole = 0;
    try (AuditInput input = open(file)) {
      for (Optional<RawLine> line = input.next(); line.isPresent(); line = input.next()) {
        if (line.get().isWhole()) {
          last = line.get().bytes();
          first = first == null ? last : first;
          whole += last.length + 1;
        } else {
          cut = line.get().bytes();
        }
      }
    }
    return last == null
        ? new Tail(Optional.empty(), 0, 0, cut)
        : new Tail(Optional.of(AuditLine.parse(last)), AuditLine.parse(first).number(), whole, cut);
  }
}
