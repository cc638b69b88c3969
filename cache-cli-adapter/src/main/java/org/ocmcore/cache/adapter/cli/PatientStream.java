package org.ocmcore.cache.adapter.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A stream that ends with an error if it gives nothing for long. For use by one thread. */
final class PatientStream extends FilterInputStream {
  private final Duration patience;
  private volatile boolean isTooLate;

  PatientStream(InputStream stream, Duration patience) {
    super(stream);
    this.patience = patience;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    CompletableFuture<Void> limit = new CompletableFuture<Void>()
        .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS);
    limit.thenRun(this::giveUp);
    try {
      return in.read(bytes, from, length);
    } catch (IOException e) {
      throw isTooLate
          ? new HttpTimeoutException("it said nothing for %s; see --timeout"
              .formatted(Durations.text(patience.toSeconds())))
          : e;
    } finally {
      limit.cancel(false);
    }
  }

  private void giveUp() {
    isTooLate = true;
    try {
      in.close();
    } catch (IOException e) {
      // The reader gets its error all the same.
      return;
    }
  }
}
