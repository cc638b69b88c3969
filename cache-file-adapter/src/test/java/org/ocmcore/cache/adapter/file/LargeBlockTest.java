package org.ocmcore.cache.adapter.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.adapter.file.DumpFiles.NOON;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ocmcore.cache.domain.entry.CacheEntry;
import org.ocmcore.cache.domain.entry.CacheValue;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpInfo;

/** Intact blocks between large ones are salvaged. */
final class LargeBlockTest extends SalvageFixture {
  @OnEveryCompression
  void intactBlocksAmongLargeOnesAreSalvaged(String name) throws IOException {
    file = folder.resolve(name);
    dumps = new FileDumps(file);
    Random random = new Random(6);
    List<CacheEntry> entries = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      byte[] value = new byte[i == 2 ? 5_000_000 : 800_000];
      random.nextBytes(value);
      entries.add(new CacheEntry(CacheKey.of("k" + i), CacheValue.wrap(value, 0), Expiry.NEVER));
    }
    DumpFiles.write(dumps, NOON, entries);
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
    List<CacheEntry> found = DumpFiles.salvage(dumps, name);
    entries.remove(2);
    assertEquals(entries, found);
    DumpInfo info = dumps.describe(name);
    assertEquals(4, info.entries());
    DumpDamage damage = info.damages().get(0);
    assertTrue(
        damage.from() <= content.length / 2 && damage.to() > content.length / 2, damage.toString());
  }
}
