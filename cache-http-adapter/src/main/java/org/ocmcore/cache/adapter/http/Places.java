package org.ocmcore.cache.adapter.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Places for what clients do at once. One address never gets more places than it leaves free, so
 * that the others find some. An IPv6 network of 64 bits counts as one address, since one host may
 * have all of it. Safe for use by any number of threads.
 */
final class Places {
  private static final int NETWORK_BYTES = 8;

  private final int most;
  private final int mostPerAddress;
  private final Map<ByteBuffer, Integer> taken = new HashMap<>();
  private int free;

  /** @param mostPerAddress the most places of one address */
  Places(int most, int mostPerAddress) {
    this.most = most;
    this.mostPerAddress = mostPerAddress;
    this.free = most;
  }

  /** Takes a place; returns whether there was one for this address. */
  boolean tryTake(InetAddress address) {
    return tryTake(address, mostPerAddress, false);
  }

  /** The same for an address that many clients share. */
  boolean tryTakeShared(InetAddress address) {
    return tryTake(address, most, true);
  }

  private synchronized boolean tryTake(InetAddress address, int own, boolean isShared) {
    ByteBuffer network = network(address);
    int held = taken.getOrDefault(network, 0);
    if (free == 0 || held >= own || held >= free && !isShared) {
      return false;
    }
    taken.put(network, held + 1);
    free--;
    return true;
  }

  /** Gives a place back. */
  synchronized void giveBack(InetAddress address) {
    taken.computeIfPresent(network(address), (network, held) -> held == 1 ? null : held - 1);
    free++;
  }

  synchronized int free() {
    return free;
  }

  /** What counts as one address. */
  static ByteBuffer network(InetAddress address) {
    byte[] bytes = address.getAddress();
    return ByteBuffer.wrap(
        address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}
