package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ocmcore.cache.adapter.memcached.MetaResponse.Status;

/**
 * An {@link Exchange} for many stores or deletions that are answered only if they fail (memcached
 * doc/protocol.txt, flag {@code q} of "Meta Set" and "Meta Delete"), which spares the server about
 * a third of its work. It sends units of requests, each with {@code mn} at its end. The server
 * works on the requests of a connection in their order, and always answers failures. So with the
 * response to {@code mn} each request of its unit that has no response has succeeded.
 *
 * <p>Some failures, such as of a lack of memory, do not name their request. Then it sends nothing
 * more, and a {@link Pipeline} repeats the requests of that unit and sends all others.
 */
final class QuietPipeline<T> extends Exchange {
  /** What a unit holds, in bytes of requests and responses. */
  static final long UNIT_BYTES = 256 * 1024;

  private static final long NOT_SENT = -1;
  private static final MetaResponse DONE = Status.DONE.withoutFlags();

  private final Iterator<? extends T> items;
  private final Pipeline.Handler<T> handler;
  private final PendingRequests<T> pending = new PendingRequests<>();
  private final ArrayDeque<Unit> units = new ArrayDeque<>();

  /** The responses to the requests of the oldest unit, by their opaques. */
  private final Map<Long, MetaResponse> responses = new HashMap<>();

  /** How many requests of the oldest unit come before the next one that can have a response. */
  private int passed;

  /** How many requests of the oldest unit have failed of which nobody knows which ones. */
  private int unclear;

  private final List<Unreported<T>> unreported = new ArrayList<>();
  private long inFlightBytes;
  private T next;
  private int unitCount;
  private long unitBytes;
  private boolean isStopping;
  private boolean hasStopped;

  /** @param end where its {@code mn} ends, in bytes since the first request */
  private record Unit(int count, long bytes, long end) {}

  private QuietPipeline(
      TextConnection connection,
      Duration timeout,
      Iterator<? extends T> items,
      Pipeline.Handler<T> handler) {
    super(connection, timeout);
    this.items = items;
    this.handler = handler;
  }

  /** Sends all requests, in this way as far as possible; returns after the last response. */
  static <T> void execute(
      TextConnection connection,
      Duration timeout,
      Iterator<? extends T> items,
      Pipeline.Handler<T> handler)
      throws IOException {
    QuietPipeline<T> quiet = new QuietPipeline<>(connection, timeout, items, handler);
    connection.output().setQuiet(true);
    try {
      quiet.execute();
    } finally {
      connection.output().setQuiet(false);
    }
    if (!quiet.unreported.isEmpty()) {
      new Pipeline<>(connection, timeout, quiet.rest(), new UnreportedHandler<>(handler)).execute();
    }
  }

  @Override
  boolean isEnded() {
    return hasStopped && units.isEmpty();
  }

  @Override
  boolean isAwaitingResponse() {
    return !units.isEmpty();
  }

  @Override
  void writeRequests() {
    while (!hasStopped && output.hasRoom()) {
      if (isStopping || next == null && unitBytes < UNIT_BYTES && !items.hasNext()) {
        endUnit();
        hasStopped = true;
      } else if (unitBytes >= UNIT_BYTES) {
        endUnit();
      } else {
        next = next == null ? items.next() : next;
        long weight = handler.weight(next);
        if (inFlightBytes > 0 && inFlightBytes + weight > WINDOW_BYTES) {
          endUnit();
          return;
        }
        write(weight);
      }
    }
  }

  private void write(long weight) {
    long before = output.lastRequestEnd();
    handler.writeRequest(next, output);
    if (output.lastRequestEnd() > before) {
      pending.add(next, output.lastRequestEnd(), output.lastOpaque(), output.lastKey());
    } else {
      pending.add(next, NOT_SENT, MetaResponseParser.NO_OPAQUE, null);
    }
    next = null;
    unitCount++;
    unitBytes += weight;
    inFlightBytes += weight;
  }

  private void endUnit() {
    if (unitCount > 0) {
      output.appendNoOp();
      units.add(new Unit(unitCount, unitBytes, output.lastRequestEnd()));
      unitCount = 0;
      unitBytes = 0;
    }
  }

  @Override
  void handleResponses() throws IOException {
    while (!pending.isEmpty()) {
      MetaResponse response = pollResponse(MetaResponseParser.ANY_OPAQUE, null);
      if (response == null) {
        return;
      }
      switch (response.status()) {
        case NO_OP -> report();
        case SERVER_ERROR -> countUnclear();
        default -> keep(response);
      }
    }
    requireNothingMore();
  }

  private void countUnclear() throws ProtocolException {
    if (++unclear > pending.size()) {
      throw ProtocolException.withoutRequest();
    }
    isStopping = true;
  }

  private void keep(MetaResponse response) throws ProtocolException {
    int index = pending.indexOf(lastOpaque(), passed);
    if (index < 0
        || pending.end(index) == NOT_SENT
        || !units.isEmpty() && index >= units.peek().count) {
      throw ProtocolException.forOtherRequest();
    }
    requireSent(pending.end(index));
    requireKey(pending.key(index));
    responses.put(lastOpaque(), response);
    passed = index + 1;
  }

  /** Reports the oldest unit, to whose {@code mn} the server has responded. */
  private void report() throws IOException {
    if (units.isEmpty()) {
      throw ProtocolException.withoutRequest();
    }
    Unit unit = units.remove();
    requireSent(unit.end);
    for (int i = 0; i < unit.count; i++) {
      requireUninterrupted();
      boolean wasSent = pending.firstEnd() != NOT_SENT;
      MetaResponse response =
          responses.isEmpty() || !wasSent ? null : responses.get(pending.firstOpaque());
      if (response == null && wasSent && unclear == 0) {
        response = DONE;
      }
      T item = pending.removeFirst();
      if (isStopping) {
        unreported.add(new Unreported<>(item, response, wasSent && response == null));
      } else {
        handler.handleResponse(item, response);
      }
    }
    inFlightBytes -= unit.bytes;
    responses.clear();
    passed = 0;
    unclear = 0;
  }

  /** Everything that was not reported, in its order. */
  private Iterator<Unreported<T>> rest() {
    Stream<Unreported<T>> taken =
        Stream.ofNullable(next).map(item -> new Unreported<>(item, null, false));
    Iterator<Unreported<T>> known = Stream.concat(unreported.stream(), taken).iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return known.hasNext() || items.hasNext();
      }

      @Override
      public Unreported<T> next() {
        return known.hasNext() ? known.next() : new Unreported<>(items.next(), null, false);
      }
    };
  }
}
