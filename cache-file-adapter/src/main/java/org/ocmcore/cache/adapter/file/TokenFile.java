package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.access.Tokens;

/**
 * The tokens in a file, which is read again when it changes. A file that is broken then does not
 * count: the tokens stay as they were. Safe for use by any number of threads.
 */
public final class TokenFile implements Supplier<Tokens> {
  private static final int MAX_BYTES = 4 * 1024 * 1024;
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Path file;
  private final Clock clock;
  private volatile Tokens tokens;
  private volatile Events events = new Events() {};

  private Instant nextCheck;
  private Version version;

  /** What tells two states of the file apart. */
  private record Version(FileTime modified, long size, Object key) {
    static final Version GONE = new Version(FileTime.from(Instant.EPOCH), -1, null);

    static Version of(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Version(now.lastModifiedTime(), now.size(), now.fileKey());
      } catch (IOException e) {
        return GONE;
      }
    }
  }

  /** Receives what happens when the file changes. */
  public interface Events {
    /** There are new tokens. */
    default void replaced(Path file, Tokens tokens) {}

    /** The file is broken, and the tokens stay as they were. Called once for each change. */
    default void kept(Path file, String reason) {}
  }

  private TokenFile(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
    this.version = Version.of(file);
    this.tokens = read(file);
    this.nextCheck = clock.instant().plus(INTERVAL);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it cannot be read, or a line of it is broken; says why, and
   *     never quotes a hash
   */
  public static TokenFile open(Path file, Clock clock) {
    return new TokenFile(file, clock);
  }

  /**
   * The tokens in a file.
   *
   * @throws IllegalArgumentException as {@link #open}
   */
  public static Tokens read(Path file) {
    return Tokens.parse(lines(file));
  }

  private static List<String> lines(Path file) {
    try (InputStream in = Files.newInputStream(LocalDisk.requireNoPipe(file))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException("it is longer than %d bytes".formatted(MAX_BYTES));
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes))
          .toString()
          .lines()
          .toList();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("it is not UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("it cannot be read: " + IoMessages.of(e), e);
    }
  }

  /** Reports changes from now on. */
  public void report(Events to) {
    events = to;
  }

  /** The tokens as of a second ago at most. */
  @Override
  public Tokens get() {
    if (isDue()) {
      readIfChanged();
    }
    return tokens;
  }

  private synchronized boolean isDue() {
    Instant now = clock.instant();
    if (now.isBefore(nextCheck)) {
      return false;
    }
    nextCheck = now.plus(INTERVAL);
    return true;
  }

  private synchronized void readIfChanged() {
    Version now = Version.of(file);
    if (now.equals(version)) {
      return;
    }
    version = now;
    try {
      tokens = read(file);
      events.replaced(file, tokens);
    } catch (IllegalArgumentException e) {
      events.kept(file, e.getMessage());
    }
  }
}
