package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.code.yanf4j.core.Session;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.rubyeye.xmemcached.HashAlgorithm;
import net.rubyeye.xmemcached.impl.KetamaMemcachedSessionLocator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Compares the ring with that of xmemcached. */
final class KetamaPlacementTest {
  @RepeatedTest(35)
  void everyKeyIsPlacedAsByXmemcached(RepetitionInfo repetition) throws UnknownHostException {
    Random random = new Random(repetition.getCurrentRepetition());
    List<InetSocketAddress> servers = addresses(random, 1 + repetition.getCurrentRepetition() % 7);
    Ring.Placement ours = Ring.KETAMA.placement(
        servers.stream()
            .map(server -> new ServerAddress(server.getHostString(), server.getPort(), "", 1))
            .toList(),
        () -> servers);
    KetamaMemcachedSessionLocator theirs = new KetamaMemcachedSessionLocator(
        servers.stream().map(KetamaPlacementTest::session).toList(), HashAlgorithm.KETAMA_HASH);
    theirs.setFailureMode(true);
    for (int i = 0; i < 2_000; i++) {
      String key = randomKey(random);
      assertEquals(
          theirs.getSessionByKey(key).getRemoteSocketAddress(),
          servers.get(ours.serverOf(key.getBytes(StandardCharsets.UTF_8))),
          key);
    }
  }

  private static List<InetSocketAddress> addresses(Random random, int count)
      throws UnknownHostException {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] ip = new byte[random.nextInt(4) == 0 ? 16 : 4];
      random.nextBytes(ip);
      InetAddress address = random.nextBoolean()
          ? InetAddress.getByAddress(ip)
          : InetAddress.getByAddress("cache-" + i + ".example", ip);
      addresses.add(new InetSocketAddress(address, 1 + random.nextInt(65_535)));
    }
    return addresses;
  }

  private static Session session(InetSocketAddress address) {
    return (Session) Proxy.newProxyInstance(
        Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, args) -> {
          if (method.getName().equals("getRemoteSocketAddress")) {
            return address;
          }
          throw new UnsupportedOperationException(method.getName());
        });
  }

  private static String randomKey(Random random) {
    StringBuilder key = new StringBuilder();
    int length = 1 + random.nextInt(60);
    while (key.length() < length) {
      int character = random.nextInt(random.nextBoolean() ? 0x7f : 0x1_F700);
      if (Character.isLetterOrDigit(character)) {
        key.appendCodePoint(character);
      }
    }
    return key.toString();
  }
}
