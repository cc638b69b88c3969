package org.ocmcore.cache.benchmarks.peer;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.DoubleStream;
import org.ocmcore.cache.benchmarks.measure.Samples;

/**
 * Clients that ask for the same again and again, each on a connection that is kept, as soon as it
 * has its answer. They look no further into it than to see where it ends, so that the processors
 * are left to whoever answers. For one thread.
 */
public final class HttpLoad implements AutoCloseable {
  private static final String LENGTH = "content-length: ";

  private final byte[] request;
  private final List<Wire> wires = new ArrayList<>();

  HttpLoad(URI address, int connections) throws IOException {
    request = "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n"
        .formatted(address.getRawPath(), address.getAuthority())
        .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < connections; i++) {
      wires.add(new Wire(address.getPort()));
    }
  }

  /**
   * Asks for this long, on each connection at least once.
   *
   * @return the seconds that each answer took
   * @throws IOException also if one is no success
   */
  public Samples seconds(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    List<CompletableFuture<double[]>> clients = wires.stream()
        .map(wire -> CompletableFuture.supplyAsync(
            () -> seconds(wire, end), work -> new Thread(work, "load").start()))
        .toList();
    try {
      return Samples.of(clients.stream()
          .map(CompletableFuture::join)
          .flatMapToDouble(DoubleStream::of)
          .toArray());
    } catch (CompletionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    }
  }

  private double[] seconds(Wire wire, long end) {
    double[] seconds = new double[1_024];
    int count = 0;
    try {
      long start = System.nanoTime();
      do {
        ask(wire);
        long now = System.nanoTime();
        if (count == seconds.length) {
          seconds = Arrays.copyOf(seconds, 2 * count);
        }
        seconds[count++] = (now - start) / 1e9;
        start = now;
      } while (start < end);
      return Arrays.copyOf(seconds, count);
    } catch (IOException e) {
      throw new CompletionException(e);
    }
  }

  private void ask(Wire wire) throws IOException {
    wire.send(request, request.length);
    String status = wire.line();
    if (!status.startsWith("HTTP/1.1 200 ")) {
      throw new IOException("the answer is " + status);
    }
    long length = -1;
    for (String line = wire.line(); !line.isEmpty(); line = wire.line()) {
      if (line.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
        length = Long.parseLong(line.substring(LENGTH.length()));
      }
    }
    if (length < 0) {
      throw new IOException("the answer does not tell how long it is");
    }
    wire.skip(length);
  }

  @Override
  public void close() throws IOException {
    for (Wire wire : wires) {
      wire.close();
    }
  }
}
