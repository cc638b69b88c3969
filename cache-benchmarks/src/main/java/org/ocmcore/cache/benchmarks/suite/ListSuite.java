package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import org.ocmcore.cache.benchmarks.measure.Scores;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.ServiceClient;
import org.ocmcore.cache.benchmarks.peer.ServiceProcess;

/** The list of all keys, from a service that has little memory beside its index. */
final class ListSuite implements Suite {
  private static final long ROOM_MIB = 256;
  private static final long MIB = 1 << 20;

  @Override
  public void run(Stage stage, Scores scores) throws IOException {
    long heapMib = ROOM_MIB + stage.indexBytes() / MIB;
    try (ServiceProcess tight = stage.start(heapMib)) {
      ServiceClient client = tight.client();
      scores.measure(FindSuite.againstRedis(
              stage,
              "list of all keys as JSON, heap: index + 256 MiB",
              () -> client.get("keys/").with("total_keys", stage.count()).seconds(),
              "KEYS",
              "*")
          .target(stage.atYardstick(Target.under(Unit.SECONDS, 2))));
    }
  }
}
