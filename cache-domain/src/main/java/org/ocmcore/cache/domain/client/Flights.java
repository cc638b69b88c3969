package org.ocmcore.cache.domain.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The loads that are under way in this process. For any number of threads. */
final class Flights {
  private final Map<Flight.Target, Flight> flights = new ConcurrentHashMap<>();
  private final AtomicLong landed = new AtomicLong();

  /** How many loads have ended; if it changes, what was read before may be out of date. */
  long landed() {
    return landed.get();
  }

  /** The flight of somebody else; empty if this one has begun. */
  Optional<Flight> begin(Flight.Target target, Flight flight) {
    return Optional.ofNullable(flights.putIfAbsent(target, flight));
  }

  /** Ends a flight, after its value was stored. */
  void end(Flight.Target target, Flight flight, Flight.Result result) {
    // The count comes first: a thread that finds no flight must see that one has landed.
    landed.incrementAndGet();
    flights.remove(target, flight);
    flight.land(result);
  }
}
