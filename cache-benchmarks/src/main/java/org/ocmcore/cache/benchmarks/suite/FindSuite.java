package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.util.regex.Pattern;
import org.ocmcore.cache.benchmarks.load.KeyNames;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Probe;
import org.ocmcore.cache.benchmarks.measure.Scores;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.ApiAnswer;
import org.ocmcore.cache.benchmarks.peer.ServiceClient;

/** Finding keys over HTTP, beside what redis does about the same keys. */
final class FindSuite implements Suite {
  /** Found in 24 of the first million keys, and the same for redis. */
  static final String LITERAL = "beef.*7$";

  private static final String LITERAL_GLOB = "*beef*7";

  /** No literal in it, found in 4,482 of the first million keys, and the same for redis. */
  static final String NO_LITERAL = "[0-4][a-c][7-9][d-f].*[05]$";

  private static final String NO_LITERAL_GLOB = "*[0-4][a-c][7-9][d-f]*[05]";

  private static final Target SOON = Target.under(Unit.SECONDS, 0.005);
  private static final int PAGE = 1_000;
  private static final int LONG_PAGE = 10_000;

  @Override
  public void run(Stage stage, Scores scores) throws IOException {
    ServiceClient client = stage.service().client();
    pages(stage, scores, client);
    patterns(stage, scores, client);
    trees(stage, scores, client);
    scores.measure(
        againstRedis(stage, "analysis", () -> client.get("analysis/").seconds(), "KEYS", "*")
            .target(stage.atYardstick(Target.under(Unit.SECONDS, 1))));
  }

  private static void pages(Stage stage, Scores scores, ServiceClient client) {
    String page = "keys/?limit=" + PAGE;
    String count = "" + PAGE;
    scores.measure(againstRedis(
            stage,
            "first page of 1,000",
            () -> client.get(page).with("total_keys", stage.count()).seconds(),
            "SCAN",
            "0",
            "COUNT",
            count)
        .target(stage.atYardstick(SOON)));
    Middle middle = new Middle(client, stage.count() / 2);
    scores.measure(againstRedis(
            stage,
            "page of 1,000 in the middle",
            () -> client
                .get(page + "&cursor=" + ServiceClient.encoded(middle.cursor()))
                .with("total_keys", stage.count())
                .seconds(),
            "SCAN",
            "0",
            "COUNT",
            count)
        .target(stage.atYardstick(SOON)));
  }

  private static void patterns(Stage stage, Scores scores, ServiceClient client) {
    String prefix = KeyNames.groupPrefix(stage.count() / 2);
    scores.measure(againstRedis(
            stage,
            "prefix with 1,000 keys",
            () -> pattern(client, "^" + prefix).with("count", KeyNames.GROUP).seconds(),
            "KEYS",
            prefix + "*")
        .target(stage.atYardstick(SOON)));
    Target general = Target.under(Unit.SECONDS, 0.3).and(Target.faster());
    scores.measure(regex(stage, "regex with a literal", client, LITERAL, LITERAL_GLOB)
        .target(stage.atYardstick(general)));
    scores.measure(regex(stage, "regex without a literal", client, NO_LITERAL, NO_LITERAL_GLOB)
        .target(stage.atYardstick(general)));
  }

  /** A comparison of a regular expression that is searched in all keys. */
  static Comparison regex(
      Stage stage, String what, ServiceClient client, String regex, String glob) {
    long most = matches(stage, regex);
    long least = stage.least() == 0 ? 0 : most;
    return againstRedis(
        stage,
        what,
        () -> pattern(client, regex).with("count", least, most).seconds(),
        "KEYS",
        glob);
  }

  /** How many keys must be found, by Java's own means. */
  private static long matches(Stage stage, String regex) {
    Pattern pattern = Pattern.compile(regex);
    KeyNames keys = stage.shape().keys();
    long found = 0;
    for (long i = 0; i < stage.count(); i++) {
      found += pattern.matcher(keys.text(i)).find() ? 1 : 0;
    }
    return found;
  }

  private static ApiAnswer pattern(ServiceClient client, String regex) throws IOException {
    return client.get("pattern/?pattern=" + ServiceClient.encoded(regex));
  }

  private static void trees(Stage stage, Scores scores, ServiceClient client) {
    Target target = stage.atYardstick(Target.under(Unit.SECONDS, 0.02));
    String app = KeyNames.appPrefix(0);
    long branches = Math.min(KeyNames.GROUPS, stage.count() / KeyNames.GROUP);
    scores.measure(againstRedis(
            stage,
            "tree: 1,000 children of 1,000 keys each",
            () -> tree(client, app).withMany("is_key", branches).seconds(),
            "KEYS",
            app + "*")
        .target(target));
    String group = KeyNames.groupPrefix(stage.count() / 2);
    scores.measure(againstRedis(
            stage,
            "tree: 1,000 children that are keys",
            () -> tree(client, group).withMany("is_key", KeyNames.GROUP).seconds(),
            "KEYS",
            group + "*")
        .target(target));
  }

  private static ApiAnswer tree(ServiceClient client, String prefix) throws IOException {
    return client.get(
        "tree/?delimiter=:&limit=" + KeyNames.GROUPS + "&prefix=" + ServiceClient.encoded(prefix));
  }

  /** Beside a command of redis, if there is one. */
  static Comparison againstRedis(Stage stage, String what, Probe ours, String... command) {
    Comparison alone = Comparison.of(what, Unit.SECONDS, ours);
    return stage
        .redis()
        .map(redis -> alone.against("redis " + command[0], Probe.seconds(() -> redis.ask(command))))
        .orElse(alone);
  }

  /** The middle of all keys, found by turning pages, once. */
  private static final class Middle {
    private final ServiceClient client;
    private final long place;
    private String cursor;

    Middle(ServiceClient client, long place) {
      this.client = client;
      this.place = place;
    }

    String cursor() throws IOException {
      if (cursor == null) {
        String next = "";
        for (long at = 0; at == 0 || at < place; at += LONG_PAGE) {
          String path = "keys/?limit=" + Math.min(LONG_PAGE, place) + next;
          next = client
              .get(path)
              .field("next_cursor")
              .orElseThrow(() -> new IOException("GET " + path + ": there is no next page"));
          cursor = next;
          next = "&cursor=" + ServiceClient.encoded(next);
        }
      }
      return cursor;
    }
  }
}
