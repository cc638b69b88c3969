package org.ocmcore.cache.adapter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How arguments are written, as people type them. */
class ArgumentsTest {
  private static RefusedCommand execute(String line) {
    List<String> arguments = List.of(line.split(" "));
    RefusedCommand end = RefusedCommand.execute(arguments);
    CommandLineFuzzTest.check(arguments, end);
    return end;
  }

  private static void assertRefused(String message, String line) {
    RefusedCommand end = execute(line);
    assertEquals(Exit.USAGE, end.status(), end.toString());
    String text = end.err().replace("{\"problem\":\"", "cache: ");
    assertTrue(text.startsWith("cache: " + message), end.err());
  }

  private static void assertAccepted(String line) {
    RefusedCommand end = execute(line);
    assertEquals(1, end.asked(), end.toString());
    assertEquals(Exit.FAILED, end.status(), end.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"keys", "tree", "get a", "stats", "analyze", "top", "tail", "check", "rm --all"})
  void unknownFormsAreRefusedBeforeServersAreAsked(String verb) {
    assertRefused("--output is \"xml\": it must be table, json", verb + " -o xml");
  }

  @Test
  void unknownFormsOfGroupsAreRefused() {
    for (String verb : List.of("dumps ls", "jobs ls", "jobs show j1")) {
      assertRefused("--output is \"xml\": it must be table, json", verb + " -o xml");
    }
  }

  @Test
  void tooShortWatchesAreRefusedBeforeServersAreAsked() {
    assertRefused("--watch is \"1ms\"", "stats --watch 1ms");
  }

  @Test
  void valuesFollowASpaceOrAnEqualsSign() {
    for (String option :
        List.of("-o json", "-ojson", "-o=json", "--output json", "--output=json")) {
      assertAccepted("keys " + option);
      assertAccepted("keys user " + option);
    }
  }

  @Test
  void wordsAfterTwoDashesAreNoOptions() {
    assertAccepted("get -- -o --json");
    assertAccepted("get -o json -- --help");
  }

  @Test
  void optionsAreGivenOnce() {
    assertRefused(
        "option '--output' (table|json|ndjson|csv) should be specified only once",
        "keys -o csv -o table");
    assertRefused(
        "option '--output' (table|json|ndjson|csv) should be specified only once",
        "keys -o json --output=json");
  }

  @Test
  void theColorIsGivenBeforeOrAfterTheVerb() {
    assertAccepted("--color never keys");
    assertAccepted("keys --color=never");
    assertRefused("--color is \"red\"", "keys --color red");
  }

  @Test
  void wrongVerbsNameAllVerbs() {
    for (String line : List.of("key", "--color never key", "--url http://a key")) {
      RefusedCommand end = execute(line);
      assertEquals(Exit.USAGE, end.status());
      assertTrue(end.err().contains("\ncache: verbs: serve, keys, "), end.err());
    }
  }

  /** The last word is empty. */
  @ParameterizedTest
  @ValueSource(strings = {"diff ", "diff a ", "set a @", "verify ", "analyze "})
  void emptyNamesOfFilesAreRefused(String line) {
    RefusedCommand end = RefusedCommand.execute(List.of(line.split(" ", -1)));
    CommandLineFuzzTest.check(List.of(line), end);
    assertEquals(0, end.asked(), end.toString());
  }

  @Test
  void wordsTooManyAreNamed() {
    assertRefused("\"b\" is one word too many", "keys a b");
    assertRefused("\"-y\" is one word too many", "keys -- -x -y");
    assertRefused("\"x\" is one word too many", "dumps ls x");
  }

  @Test
  void helpAndManualNameTheVerbs() {
    for (String verb : List.of("help", "man")) {
      assertRefused("there is no verb \"x\"; it must be serve, keys, ", verb + " x");
      assertRefused(
          "there is no verb \"x\"; it must be ls, make, get, restore, rm", verb + " dumps x");
      assertRefused("\"x\" is one word too many", verb + " dumps ls x");
      assertTrue(execute(verb + " dumps ls").out().contains("newest first"));
    }
  }

  @Test
  void groupsNameTheirVerbs() {
    assertRefused("dumps needs a verb: ls, make, get, restore, rm", "dumps");
    assertRefused("dumps has no verb \"x\"; it must be ls, make, get, restore, rm", "dumps x");
    assertRefused("dumps needs a verb: ls, make, get, restore, rm", "dumps -o csv");
  }

  @Test
  void optionsMayStandBeforeTheVerb() {
    assertAccepted("--servers a:1 keys user");
    assertAccepted("-o json --servers=a:1 keys");
    assertRefused("--url is \"ftp://a\"", "--url ftp://a keys");
    assertRefused("--url is \"ftp://a\"", "dumps --url ftp://a ls");
    assertRefused("--url is \"ftp://a\"", "--url ftp://a dumps rm x --yes");
    assertRefused("only one of --url and --servers", "--url http://a --servers a:1 rm x -- -y");
    assertRefused("Unknown option: '--colour'; did you mean --color?", "--colour keys");
    assertRefused("Unknown option: '--url'", "--url http://a config");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--pattern .",
        "--pattern .*",
        "--pattern ^",
        "--pattern a*",
        "--pattern [^,]",
        "--pattern * --glob",
        "--pattern .+ --min-size 0",
        "--min-size 1",
        "--max-size 4294967295"
      })
  void filtersThatPassEveryKeyAreNoFilters(String filters) {
    assertRefused(
        "these filters pass every key; if that is meant, give --all",
        "rm --yes --max-keys 9 " + filters);
    assertRefused("these filters pass every key", "touch --ttl 1h --dry-run " + filters);
  }

  @Test
  void theBytesOfOneValueGoToOnePlace() {
    assertRefused("--file takes one key", "get a b -f x");
    assertRefused("give --raw or --file, not both", "get a --raw -f x");
    assertRefused("give --meta or --decode, not both", "get a --meta --decode auto");
    assertRefused("--force is for --file", "get a --force");
    assertRefused("-0 lists keys alone; leave out -l", "keys -0 -l");
    assertRefused("-0 lists keys alone; leave out --output", "keys -0 -o csv");
  }

  @Test
  void nothingIsStoredForAValueThatIsNotThere() {
    assertRefused("no value: standard input is empty", "set a");
  }

  @ParameterizedTest
  @CsvSource({
    "set a \ufffd, VALUE, give them in a @FILE",
    "set a @\ufffd, VALUE, give them in a @FILE",
    "set \ufffd a, KEY, write each as",
    "get a \ufffd, KEY, write each as",
    "rm \ufffd, KEY, write each as",
    "keys \ufffd, PATTERN, choose another",
    "keys --prefix \ufffd, --prefix, give --prefix-base64",
    "tail --app \ufffd, --app, choose another",
    "tree \ufffd, PREFIX, choose another",
    "get a --file \ufffd, --file, choose another",
    "dump \ufffd, FILE, choose another",
    "verify \ufffd, FILE, choose another",
    "stats --token-file \ufffd, --token-file, choose another"
  })
  void bytesThatAreNoTextAreNotTakenForOthers(String line, String name, String remedy) {
    assertRefused(
        name + " is \"" + (line.contains("@") ? "@" : "")
            + "\\x{fffd}\": it has bytes that are no text; " + remedy,
        line);
  }

  @Test
  void addressesOfServicesAreChecked() {
    assertRefused("--url is \"http://a:99999\"", "keys --url http://a:99999");
    assertRefused("--url is \"a:0\"", "keys --url a:0");
    assertRefused("--url has a user or a password", "keys --url http://u:p@a");
    assertRefused("--url has a ? or a #", "keys --url http://h/?t=secret");
    assertRefused("--url has a ? or a #", "keys --url http://h/#secret");
    assertRefused("--url cannot be read", "keys --url http://u:secret@h_1");
    assertRefused("--url cannot be read", "keys --url http://h:99999/?t=secret|");
    assertRefused("PATTERN is \"[\"", "keys [");
    assertRefused("--pattern is \"[\"", "keys --pattern [");
    assertRefused("--sort is \"x\"", "keys --sort x");
    RefusedCommand end = execute("rm " + "k".repeat(3_000));
    assertTrue(end.err().contains("KEY is \"" + "k".repeat(60) + "…\""), end.err());
  }

  @Test
  void timesOfPatienceHaveBounds() {
    assertRefused("--timeout is \"0s\"", "keys --url http://127.0.0.1:1 --timeout 0s");
    assertRefused("--timeout is \"2d\"", "keys --url http://127.0.0.1:1 --timeout 2d");
    assertRefused("--timeout is \"soon\"", "keys --url http://127.0.0.1:1 --timeout soon");
  }

  @Test
  void theVerbStandsBeforeTwoDashes() {
    assertRefused("-- stands before the verb keys; it must follow the verb", "-- keys");
  }
}
