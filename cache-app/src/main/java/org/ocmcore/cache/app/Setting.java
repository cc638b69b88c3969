package org.ocmcore.cache.app;

/**
 * Every setting there is: its name is that of the environment variable. None of them is a secret.
 */
enum Setting {
  CACHE_BACKEND(
      "memory; memcached if MEMCACHED_HOST or MEMCACHED_SERVERS is set",
      "which store: memory or memcached"),
  MEMCACHED_HOST("localhost", "one memcached server: its host"),
  MEMCACHED_PORT("11211", "one memcached server: its port"),
  MEMCACHED_SERVERS("", "several servers, host:port,host:port; instead of the two above"),
  MEMCACHED_RING(
      "ketama",
      "how keys are spread over several servers, ketama or modulo; must equal the other clients'"),
  MEMCACHED_TIMEOUT_MS("2000", "milliseconds that a server may take to answer, 10 to 60000"),
  CACHE_FEED(
      "auto",
      "which changes of other clients memcached is watched for: auto, all that is safe for its version; on, all; off, none"),
  CACHE_WALK_INTERVAL(
      "60",
      "seconds from the end of a walk over a server's keys to the next, 1 to 86400; more if walks take long"),
  CACHE_AUTO_DUMP_INTERVAL("300", "seconds between automatic dumps, up to 2678400; 0: none"),
  CACHE_AUTO_DUMP_CHANGES(
      "0",
      "an automatic dump is made only if so many changes were made since the last, up to 1000000000"),
  CACHE_DUMP_FILE(
      "data/cache_dump.json",
      "where dumps go; its folder is made; .zst or .gz at its end has them compressed"),
  CACHE_DUMP_KEEP("3", "how many older dumps stay beside the newest, 0 to 1000"),
  CACHE_DUMP_KEEP_DAYS("0", "of how many days the last dump stays as well, 0 to 3650"),
  CACHE_DUMP_PARTIAL(
      "false",
      "keep a dump that lacks keys since a server failed, marked and never the current one"),
  CACHE_DUMP_RATE("0", "the most keys a second that a dump reads, up to 1000000000; 0: any number"),
  CACHE_DUMP_MAX_LATENCY_MS(
      "50",
      "a dump pauses when a server answers later by these milliseconds than when it is left alone, up to 60000; 0: never"),
  CACHE_DUMP_LEASE(
      "false",
      "of several instances on the same servers let one dump automatically; keeps a key there, also in production"),
  CACHE_RESTORE_ON_START(
      "false",
      "restore the dump at start onto servers that are empty or younger than it, adding only what is missing"),
  CACHE_ENVIRONMENT("production", "development allows management; production only reads"),
  CACHE_HTTP_HOST("127.0.0.1", "where the API listens"),
  CACHE_HTTP_PORT("8080", "where the API listens, 1 to 65535, or 0 for any free port"),
  CACHE_HTTP_ALLOWED_HOSTS(
      "",
      "names and addresses beside its own that the API is reached by, such as cache.example,10.0.0.1"),
  CACHE_MAX_SIZE("1000000", "most entries of the in-memory store, at least 1"),
  CACHE_MAX_BYTES(
      "a quarter of the heap",
      "most bytes of the in-memory store, all that an entry takes counted, at least 1024");

  private final String standard;
  private final String meaning;

  Setting(String standard, String meaning) {
    this.standard = standard;
    this.meaning = meaning;
  }

  /** What holds if it is not set. */
  String standard() {
    return standard;
  }

  /** What it is, in a line. */
  String meaning() {
    return meaning;
  }
}
