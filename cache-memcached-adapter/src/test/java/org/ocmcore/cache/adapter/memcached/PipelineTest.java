package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.entry.ItemSize;
import org.ocmcore.cache.domain.key.CacheKey;

final class PipelineTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** Reads keys made of numbers; counts how many requests are in flight. */
  private static final class Reads implements Pipeline.Handler<Integer> {
    private final long weight;
    private int written;
    private int handled;
    private int maxInFlight;

    Reads(long weight) {
      this.weight = weight;
    }

    @Override
    public long weight(Integer number) {
      return weight;
    }

    @Override
    public void writeRequest(Integer number, OutputBuffer output) {
      maxInFlight = Math.max(maxInFlight, ++written - handled);
      output.appendGet(CacheKey.of("%0250d".formatted(number)));
    }

    @Override
    public void handleResponse(Integer number, MetaResponse answer) throws IOException {
      assertEquals(handled++, number);
      MetaCommand.GET.isSuccess(answer);
    }
  }

  private static void execute(ScriptedServer peer, int count, Reads reads) {
    assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
      Deadline deadline = Deadline.in(TIMEOUT);
      try (TextConnection connection = new TextConnection(
          ServerChannel.open(peer.socketAddress(), deadline),
          deadline,
          () -> ItemSize.DEFAULT_MAX)) {
        new Pipeline<>(connection, TIMEOUT, IntStream.range(0, count).iterator(), reads).execute();
      }
    });
    assertEquals(count, reads.handled);
  }

  @Test
  void fullNetworkBuffersCauseNoDeadlock() {
    // The server reads the next request only after its response is sent: 25 MB against 100 MB.
    String answer = "VA 1000 f0 t-1\r\n" + "x".repeat(1_000) + "\r\n";
    try (ScriptedServer peer = ScriptedServer.start().on("mg", client -> client.send(answer))) {
      execute(peer, 100_000, new Reads(1));
    }
  }

  @Test
  void requestsInFlightStayWithinTheWindow() {
    try (ScriptedServer peer = ScriptedServer.start()) {
      Reads four = new Reads(Pipeline.WINDOW_BYTES / 4);
      execute(peer, 100, four);
      assertEquals(4, four.maxInFlight);
      Reads three = new Reads(Pipeline.WINDOW_BYTES / 4 + 1);
      execute(peer, 100, three);
      assertEquals(3, three.maxInFlight);
    }
  }

  @Test
  void itemsLargerThanTheWindowAreSentAlone() {
    try (ScriptedServer peer = ScriptedServer.start()) {
      Reads alone = new Reads(2 * Pipeline.WINDOW_BYTES);
      execute(peer, 100, alone);
      assertEquals(1, alone.maxInFlight);
    }
  }
}
