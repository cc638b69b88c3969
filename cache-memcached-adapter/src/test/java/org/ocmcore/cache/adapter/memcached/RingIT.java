package org.ocmcore.cache.adapter.memcached;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.impl.KetamaMemcachedSessionLocator;
import net.rubyeye.xmemcached.utils.AddrUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ocmcore.cache.domain.key.CacheKey;

/** Finds keys that other clients stored on three servers. */
final class RingIT {
  @Test
  void ketamaFindsKeysStoredByXmemcached() throws Exception {
    try (Fleet fleet = Fleet.of(3, Ring.KETAMA)) {
      String addresses =
          fleet.servers.stream().map(MemcachedServer::address).collect(Collectors.joining(" "));
      XMemcachedClientBuilder builder =
          new XMemcachedClientBuilder(AddrUtil.getAddresses(addresses));
      builder.setSessionLocator(new KetamaMemcachedSessionLocator());
      MemcachedClient client = builder.build();
      try {
        for (int i = 0; i < 300; i++) {
          assertTrue(client.set("ключ:" + i, 0, "value"));
        }
      } finally {
        client.shutdown();
      }
      for (int i = 0; i < 300; i++) {
        assertTrue(fleet.store.cache().get(CacheKey.of("ключ:" + i)).isPresent());
      }
    }
  }

  @Test
  void ketamaFindsKeysThatXmemcachedStoredByWeight() throws Exception {
    try (Fleet fleet = Fleet.weighted(Ring.KETAMA, 1, 3, 2)) {
      XMemcachedClientBuilder builder = new XMemcachedClientBuilder(
          fleet.servers.stream()
              .map(server -> new InetSocketAddress("127.0.0.1", server.port()))
              .toList(),
          new int[] {1, 3, 2});
      builder.setSessionLocator(new KetamaMemcachedSessionLocator());
      MemcachedClient client = builder.build();
      try {
        for (int i = 0; i < 300; i++) {
          assertTrue(client.set("key:" + i, 0, "value"));
        }
      } finally {
        client.shutdown();
      }
      for (int i = 0; i < 300; i++) {
        assertTrue(fleet.store.cache().get(CacheKey.of("key:" + i)).isPresent());
      }
    }
  }

  @Test
  void moduloFindsKeysStoredByLibmemcached(@TempDir Path folder) throws Exception {
    try (Fleet fleet = Fleet.of(3, Ring.MODULO)) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        names.add((i % 2 == 0 ? "key" : "ключ") + i);
        Files.writeString(folder.resolve(names.get(i)), "value");
      }
      memccp(fleet, folder, names);
      Set<String> used = new HashSet<>();
      for (String name : names) {
        CacheKey key = CacheKey.of(name);
        assertTrue(fleet.store.cache().get(key).isPresent(), name);
        used.add(fleet.store.cache().place(key).server());
      }
      assertEquals(3, used.size());
    }
  }

  private static void memccp(Fleet fleet, Path folder, List<String> names)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(
        "memccp",
        "--servers="
            + fleet.servers.stream()
                .map(MemcachedServer::address)
                .collect(Collectors.joining(","))));
    command.addAll(names);
    Process process = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    assertEquals(0, process.waitFor(), "memccp, of Debian's libmemcached-tools");
  }
}
