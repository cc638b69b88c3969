package org.ocmcore.cache.adapter.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * Rendezvous hashing, as pymemcache's {@code HashClient} does it: a key belongs to the server whose
 * name and the key together have the highest hash. The hash is MurmurHash3 over characters, of
 * which only the lowest eight bits count.
 */
final class RendezvousPlacement implements Ring.Placement {
  private final List<String> names;

  RendezvousPlacement(List<ServerAddress> servers) {
    names = servers.stream().map(server -> server.host() + ":" + server.port()).toList();
  }

  @Override
  public int serverOf(byte[] key) {
    String text = new String(key, UTF_8);
    int owner = 0;
    long highest = -1;
    for (int server = 0; server < names.size(); server++) {
      long hash = Integer.toUnsignedLong(
          murmur3((names.get(server) + "-" + text).codePoints().toArray()));
      if (hash > highest || hash == highest && names.get(server).compareTo(names.get(owner)) > 0) {
        highest = hash;
        owner = server;
      }
    }
    return owner;
  }

  private static int murmur3(int[] characters) {
    int length = characters.length;
    int hash = 0;
    int block = 0;
    int position = 0;
    for (; position < length; position++) {
      block |= (characters[position] & 0xFF) << 8 * (position % 4);
      if (position % 4 == 3) {
        hash = Integer.rotateLeft(hash ^ scramble(block), 13) * 5 + 0xe6546b64;
        block = 0;
      }
    }
    hash ^= scramble(block) ^ length;
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }

  private static int scramble(int block) {
    return Integer.rotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
  }
}
