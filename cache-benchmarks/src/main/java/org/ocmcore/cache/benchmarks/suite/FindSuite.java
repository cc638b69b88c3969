package org.ocmcore.cache.benchmarks.suite;

import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.ocmcore.cache.benchmarks.load.KeyNames;
import org.ocmcore.cache.benchmarks.measure.BenchmarkRunner;
import org.ocmcore.cache.benchmarks.measure.Comparison;
import org.ocmcore.cache.benchmarks.measure.Measurement;
import org.ocmcore.cache.benchmarks.measure.Target;
import org.ocmcore.cache.benchmarks.measure.Unit;
import org.ocmcore.cache.benchmarks.peer.ServiceClient;
import org.ocmcore.cache.benchmarks.peer.ServiceResponse;

/** Searches over HTTP, against the closest command of redis on the same keys. */
final class FindSuite implements Suite {
  /** Matches 24 of the first million keys; so does the glob. */
  private static final String LITERAL = "beef.*7$";

  private static final String LITERAL_GLOB = "*beef*7";

  /** Matches 4,482 of the first million keys and has no literal; so does the glob. */
  private static final String NO_LITERAL = "[0-4][a-c][7-9][d-f].*[05]$";

  private static final String NO_LITERAL_GLOB = "*[0-4][a-c][7-9][d-f]*[05]";

  private static final Target PAGE_TARGET = Target.ratioAtMost(1.5);
  private static final Target PREFIX_TARGET = Target.under(Unit.SECONDS, 0.003);
  private static final Target TREE_TARGET = Target.under(Unit.SECONDS, 0.02);
  private static final Target REGEX_TARGET = Target.under(Unit.SECONDS, 0.3).and(Target.faster());
  private static final Target ANALYSIS_TARGET = Target.under(Unit.SECONDS, 1);

  private static final String[] SCAN = {"SCAN", "0", "COUNT", "1000"};
  private static final String PAGE = "keys/?limit=1000";
  private static final int LONG_PAGE = 10_000;

  @Override
  public void run(Testbed testbed, BenchmarkRunner runner) throws Exception {
    ServiceClient service = testbed.service().client();
    Table table = new Table(testbed, runner);
    pages(testbed, service, table);
    patterns(testbed, service, table);
    trees(testbed, service, table);
    table.add("analysis", () -> service.get("analysis/").seconds(), ANALYSIS_TARGET, "KEYS", "*");
  }

  private static void pages(Testbed testbed, ServiceClient service, Table table) throws Exception {
    long count = testbed.count();
    table.addShort(
        "first page of 1,000",
        () -> service.get(PAGE).require("total_keys", count).seconds(),
        PAGE_TARGET,
        SCAN);
    String middle = PAGE + "&cursor=" + ServiceClient.encoded(cursor(service, count / 2));
    table.addShort(
        "page of 1,000 in the middle",
        () -> service.get(middle).require("total_keys", count).seconds(),
        PAGE_TARGET,
        SCAN);
  }

  /** The cursor of the page that starts at this position, or a little behind it. */
  private static String cursor(ServiceClient service, long position) throws IOException {
    String path = "keys/?limit=" + Math.min(LONG_PAGE, position);
    String cursor = "";
    for (long at = 0; at == 0 || at < position; at += LONG_PAGE) {
      String query = at == 0 ? "" : "&cursor=" + ServiceClient.encoded(cursor);
      cursor = service
          .get(path + query)
          .field("next_cursor")
          .orElseThrow(() -> new IOException("GET " + path + ": there is no next page"));
    }
    return cursor;
  }

  private static void patterns(Testbed testbed, ServiceClient service, Table table)
      throws Exception {
    String prefix = KeyNames.groupPrefix(testbed.count() / 2);
    table.addShort(
        "prefix with 1,000 keys",
        () -> search(service, "^" + prefix).require("count", KeyNames.GROUP).seconds(),
        PREFIX_TARGET,
        "KEYS",
        prefix + "*");
    long literal = countMatches(testbed, LITERAL);
    table.add(
        "regex with a literal",
        () -> search(service, LITERAL).require("count", literal).seconds(),
        REGEX_TARGET,
        "KEYS",
        LITERAL_GLOB);
    long noLiteral = countMatches(testbed, NO_LITERAL);
    table.add(
        "regex without a literal",
        () -> search(service, NO_LITERAL).require("count", noLiteral).seconds(),
        REGEX_TARGET,
        "KEYS",
        NO_LITERAL_GLOB);
  }

  /** How many keys a search must find, by java.util.regex. */
  private static long countMatches(Testbed testbed, String regex) {
    Pattern pattern = Pattern.compile(regex);
    KeyNames keys = testbed.shape().keys();
    return LongStream.range(0, testbed.count())
        .filter(i -> pattern.matcher(keys.text(i)).find())
        .count();
  }

  private static ServiceResponse search(ServiceClient service, String regex) throws IOException {
    return service.get("pattern/?pattern=" + ServiceClient.encoded(regex));
  }

  private static void trees(Testbed testbed, ServiceClient service, Table table) {
    String app = KeyNames.appPrefix(0);
    long groups = Math.min(KeyNames.GROUPS, testbed.count() / KeyNames.GROUP);
    table.add(
        "tree: 1,000 children of 1,000 keys each",
        () -> tree(service, app).requireCount("is_key", groups).seconds(),
        TREE_TARGET,
        "KEYS",
        app + "*");
    String group = KeyNames.groupPrefix(testbed.count() / 2);
    table.add(
        "tree: 1,000 children that are keys",
        () -> tree(service, group).requireCount("is_key", KeyNames.GROUP).seconds(),
        TREE_TARGET,
        "KEYS",
        group + "*");
  }

  private static ServiceResponse tree(ServiceClient service, String prefix) throws IOException {
    return service.get(
        "tree/?delimiter=:&limit=" + KeyNames.GROUPS + "&prefix=" + ServiceClient.encoded(prefix));
  }

  /** Rows with a command of redis as their reference, if redis is there. */
  private record Table(Testbed testbed, BenchmarkRunner runner) {
    /**
     * How often short work is done before it is measured: until Java has compiled all of it, which
     * takes ten seconds where the service and its client share two cores.
     */
    private static final int WARM_UP_ROUNDS = 20_000;

    void addShort(String what, Measurement ours, Target target, String... command)
        throws Exception {
      for (int i = 0; i < WARM_UP_ROUNDS; i++) {
        ours.measure();
      }
      add(what, ours, target, command);
    }

    void add(String what, Measurement ours, Target target, String... command) {
      Comparison alone =
          Comparison.of(what, Unit.SECONDS, ours).target(testbed.atTargetKeys(target));
      runner.run(testbed
          .redis()
          .map(redis -> alone.against(
              "redis " + command[0], Measurement.seconds(() -> redis.execute(command))))
          .orElse(alone));
    }
  }
}
