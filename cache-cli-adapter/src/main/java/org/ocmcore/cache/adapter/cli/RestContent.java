package org.ocmcore.cache.adapter.cli;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The content of an answer. Java ends it silently where the connection ends, so this counts it. For
 * use by one thread.
 */
final class RestContent extends FilterInputStream {
  /** What of it is still to come; negative if nobody has said so. */
  private long missing;

  private final Duration patience;

  /**
   * @param length in bytes, negative if it was not announced
   * @param patience after which Java ends a read
   */
  RestContent(InputStream content, long length, Duration patience) {
    super(content);
    missing = length;
    this.patience = patience;
  }

  /** What is said of a service after this time. */
  static String silence(Duration patience) {
    return "it said nothing for %s; see --timeout".formatted(Durations.text(patience.toSeconds()));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * @throws SocketTimeoutException if nothing comes for long
   * @throws EOFException if the connection ends before the content
   */
  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (missing == 0) {
      return -1;
    }
    int count;
    try {
      count = in.read(bytes, from, missing < 0 ? length : (int) Math.min(length, missing));
    } catch (SocketTimeoutException e) {
      throw new SocketTimeoutException(silence(patience));
    }
    if (missing > 0) {
      if (count < 0) {
        throw new EOFException("%d bytes of it are missing".formatted(missing));
      }
      missing -= count;
    }
    return count;
  }
}
