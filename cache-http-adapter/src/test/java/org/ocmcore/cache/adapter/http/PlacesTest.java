package org.ocmcore.cache.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final InetAddress A = address("192.0.2.1");
  private static final InetAddress B = address("192.0.2.2");
  private static final InetAddress C = address("192.0.2.3");

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static int takeAll(Places places, InetAddress address) {
    int taken = 0;
    while (places.tryTake(address)) {
      taken++;
    }
    return taken;
  }

  @Test
  void anAddressHasALimit() {
    Places places = new Places(100, 3);
    assertEquals(3, takeAll(places, A));
    assertEquals(3, takeAll(places, B));
    places.giveBack(A);
    assertEquals(1, takeAll(places, A));
    assertEquals(94, places.free());
  }

  @Test
  void anAddressLeavesPlacesForOthers() {
    Places places = new Places(100, 100);
    assertEquals(50, takeAll(places, A));
    assertEquals(25, takeAll(places, B));
    assertTrue(places.tryTake(C));
  }

  @Test
  void aSharedAddressMayTakeAll() {
    Places places = new Places(4, 2);
    for (int i = 0; i < 4; i++) {
      assertTrue(places.tryTakeShared(A));
    }
    assertFalse(places.tryTakeShared(A));
    assertFalse(places.tryTake(B));
  }

  @Test
  void anIpv6NetworkCountsAsOneAddress() {
    Places places = new Places(100, 2);
    assertTrue(places.tryTake(address("2001:db8::1")));
    assertTrue(places.tryTake(address("2001:db8::2")));
    assertFalse(places.tryTake(address("2001:db8::ffff:3")));
    assertTrue(places.tryTake(address("2001:db8:0:1::1")));
  }
}
