package org.ocmcore.cache.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The commands of the program, with their options and help. */
enum Command {
  SERVE("run the service in the foreground; Ctrl-C ends it", File.NONE, """
      Settings are environment variables; cache --help lists them.""", List.of()),
  CHECK(
      "say what each server is and offers, and which ring fits the keys",
      File.NONE,
      """
      The servers are those of MEMCACHED_SERVERS or MEMCACHED_HOST. Reads some keys of each and no
      value, and changes nothing. Exit status 1 if a server is down or its keys cannot be
      listed.""",
      List.of()),
  DUMP(
      "write all keys and values of the servers into a dump",
      File.OPTIONAL,
      """
      The servers are those of MEMCACHED_SERVERS or MEMCACHED_HOST; all CACHE_DUMP_* settings hold.
      FILE takes the place of CACHE_DUMP_FILE: the dump is kept under its time, such as
      cache_dump-20260102T120000.000Z.json, and under FILE when it is whole. Older ones are removed
      as CACHE_DUMP_KEEP and CACHE_DUMP_KEEP_DAYS say. No server is changed, so this is allowed in
      every environment.""",
      Option.joined(Option.PACE, List.of(Option.LINKS))),
  RESTORE(
      "store what a dump or a file of another tool holds",
      File.OPTIONAL,
      """
      FILE is any dump, CACHE_DUMP_FILE if it is left out, or the output of memcached-tool dump, or
      CSV or NDJSON with key, value, ttl and flags; .gz and .zst are decompressed. It is checked
      whole before the first entry is stored, and stays as it is. Each key goes where it belongs now, however many servers
      there were. Changes are allowed with CACHE_ENVIRONMENT=development only; --dry-run always.""",
      Option.joined(Option.RESTORING, Option.joined(Option.OPENING, Option.FILTERS))),
  VERIFY("check a dump or a file of another tool whole", File.REQUIRED, """
      Prints a line about the file and, if it is damaged, another for each place that is. Needs no
      settings and asks no server.""", Option.OPENING),
  INSPECT(
      "look into a dump without restoring it",
      File.REQUIRED,
      """
      Prints what the dump says of itself, the first keys that pass the filters in the order of the
      file, and the apps with the most bytes among all that pass. Of a damaged dump it shows what is
      intact. Needs no settings but those of apps, and asks no server.""",
      Option.joined(Option.LOOKING, Option.joined(Option.OPENING, Option.FILTERS))),
  TOKEN(
      "make tokens for callers of the API, and look at those that there are",
      File.TOKEN_ACTION,
      """
      create NAME makes a token and prints it, once, and the line to add to the file of tokens, which
      holds only its hash. list shows who has a token. check reads a token from standard input and
      says whose it is; exit status 1 if it is unknown or expired.""",
      Option.TOKENS),
  AUDIT("find what was changed in an audit log", File.AUDIT_ACTION, """
      Checks that each line is as it was written and follows the one before. One FILE stands for the
      log with its full files beside it, such as audit.log.000000000001; several FILEs are taken as
      they are, oldest first. Whoever can write the log can write it anew from the beginning, and
      can remove its end: keep the hash of a line elsewhere and give it as --hash. Exit status 5 if
      the log is broken. Needs no settings and asks no server.""", Option.AUDITING);

  /** Whether a command takes a file. */
  enum File {
    NONE("", "no arguments", 0, 0),
    OPTIONAL(" [FILE]", "a file", 0, 1),
    REQUIRED(" FILE", "a file", 1, 1),
    /** What to do with tokens. */
    TOKEN_ACTION(" create NAME|list|check", "an action and a name", 1, 2),
    /** What to do with the audit log. */
    AUDIT_ACTION(" verify FILE...", "an action and files", 2, Integer.MAX_VALUE);

    private final String usage;
    private final String words;
    private final int least;
    private final int most;

    File(String usage, String words, int least, int most) {
      this.usage = usage;
      this.words = words;
      this.least = least;
      this.most = most;
    }

    /** What it is, in words. */
    String words() {
      return words;
    }

    int least() {
      return least;
    }

    int most() {
      return most;
    }
  }

  /**
   * An option.
   *
   * @param name without the dashes
   * @param value what it takes, as the help shows it; empty for a flag
   */
  record Option(String name, String value, String meaning) {
    static final Option FORMAT = new Option(
        "format",
        "cache|memcached-tool|csv|ndjson",
        "what FILE is (default: as its first line says)");

    static final Option LINKS = new Option(
        "follow-symlinks",
        "",
        "use what FILE leads to if it is a symbolic link, instead of refusing");

    static final Option QUIET = new Option("quiet", "", "show no progress");
    static final Option HELP = new Option("help", "", "this text");

    private static final List<Option> PACE = List.of(
        new Option("rate", "N", "read at most N keys a second; instead of CACHE_DUMP_RATE"),
        new Option(
            "max-latency-ms",
            "N",
            "wait while a server takes longer to answer; instead of CACHE_DUMP_MAX_LATENCY_MS"),
        new Option(
            "partial", "", "keep a dump that lacks a server's keys, never under FILE; exit 4"));

    private static final List<Option> OPENING = List.of(FORMAT, LINKS);

    private static final List<Option> RESTORING = List.of(
        new Option(
            "mode", "add|replace", "what becomes of keys that live: add leaves them (default)"),
        new Option(
            "ttl",
            "keep|shift|SECONDS|never",
            "keep: they end when they would have (default); shift: later by the age of the dump"),
        new Option(
            "placement",
            "origin|ring",
            "origin: each entry on the server that it came from (default); ring: where new keys go"),
        new Option("dry-run", "", "store nothing; report what a restore would do"),
        new Option("salvage", "", "restore what is intact of a damaged dump; exit 4"));

    private static final List<Option> LOOKING = List.of(
        new Option("limit", "N", "show the first N keys (default 20)"),
        new Option("values", "", "show values, too"),
        new Option("json", "", "a JSON object a line, and values whole"));

    private static final List<Option> TOKENS = List.of(
        new Option("role", "viewer|reader|operator", "create: what its holder may do"),
        new Option("apps", "A,B", "create: the only apps whose keys its holder sees (default all)"),
        new Option(
            "expires", "TIME", "create: its end, such as 2027-01-31T00:00:00Z (default never)"),
        new Option("file", "FILE", "the file of tokens; instead of CACHE_TOKENS_FILE"));

    private static final List<Option> AUDITING =
        List.of(new Option("hash", "HEX", "a line with this hash must be there"));

    private static final List<Option> FILTERS = List.of(
        new Option("pattern", "REGEX", "keys in which this is found"),
        new Option("match", "regex|glob", "how the pattern is read (default regex)"),
        new Option("prefix", "TEXT", "keys that begin so"),
        new Option("prefix-base64", "BASE64", "the same, for bytes that are no text"),
        new Option(
            "app", "NAME", "keys of that app, as CACHE_APP_SEPARATORS or CACHE_APP_PATTERN say"),
        new Option("min-size", "BYTES", "keys whose items take at least so much"),
        new Option("max-size", "BYTES", "keys whose items take at most so much"),
        new Option("ttl-below", "SECONDS", "keys that expire, with less left"),
        new Option("ttl-above", "SECONDS", "keys that expire, with more left"),
        new Option("no-ttl", "", "keys that never expire"),
        new Option("idle-above", "SECONDS", "keys that nobody has used for longer"));

    private static List<Option> joined(List<Option> first, List<Option> second) {
      return Stream.concat(first.stream(), second.stream()).toList();
    }

    boolean takesValue() {
      return !value.isEmpty();
    }

    /** Its syntax. */
    String usage() {
      return "--" + name + (takesValue() ? " " + value : "");
    }
  }

  private final String summary;
  private final File file;
  private final String details;
  private final List<Option> options;

  Command(String summary, File file, String details, List<Option> options) {
    this.summary = summary;
    this.file = file;
    this.details = details;
    this.options = options.isEmpty() && file == File.NONE
        ? List.of(Option.HELP)
        : Option.joined(options, List.of(Option.QUIET, Option.HELP));
  }

  /** The command with this name. */
  static Optional<Command> named(String name) {
    return Arrays.stream(values())
        .filter(command -> command.toString().equals(name))
        .findFirst();
  }

  /** The names of all commands. */
  static List<String> names() {
    return Arrays.stream(values()).map(Command::toString).toList();
  }

  File file() {
    return file;
  }

  List<Option> options() {
    return options;
  }

  /** Whether it runs until the process is ended. */
  boolean isService() {
    return this == SERVE;
  }

  /** What it does, in one line. */
  String summary() {
    return summary;
  }

  /** How it is written. */
  String usage() {
    return "cache " + this + (options.size() > 1 ? " [OPTIONS]" : "") + file.usage;
  }

  /** Its complete help. */
  String help() {
    String sentence = summary.substring(0, 1).toUpperCase(Locale.ROOT) + summary.substring(1) + ".";
    StringBuilder help =
        new StringBuilder("usage: %s%n%n%s%n%n%s%n".formatted(usage(), sentence, details));
    help.append("\nOptions, each as --name value or --name=value:\n");
    for (Option option : options) {
      help.append("  %-30s %s%n".formatted(option.usage(), option.meaning()));
    }
    return help.append("\n").append(Exit.HELP).toString();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
