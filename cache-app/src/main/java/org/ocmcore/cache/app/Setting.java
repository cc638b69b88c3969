package org.ocmcore.cache.app;

/** All settings. The name of a setting is that of its environment variable. */
enum Setting {
  CACHE_BACKEND(
      "memory; memcached if MEMCACHED_HOST or MEMCACHED_SERVERS is set",
      "the store: memory or memcached"),
  MEMCACHED_HOST("localhost", "host of a single memcached server, or unix:/path of its socket"),
  MEMCACHED_PORT("11211", "port of a single memcached server"),
  MEMCACHED_SERVERS(
      "",
      "several servers: host, host:port, host:port:weight (a whole number from 1 to 1000) or unix:/path, separated by commas; the port is 11211 if none is given; replaces the two above"),
  MEMCACHED_RING(
      "ketama",
      "where new keys go on several servers, as your other clients place them: ketama, modulo, libmemcached-ketama, libmemcached-consistent, dalli, pymemcache, python-memcached or twemproxy"),
  MEMCACHED_TIMEOUT_MS("2000", "milliseconds to wait for an answer of a server, 10 to 60000"),
  MEMCACHED_TLS("false", "true encrypts the connections to all servers by TLS"),
  MEMCACHED_TLS_CA(
      "",
      "PEM file of the authorities that sign the servers' certificates; those of Java if empty"),
  MEMCACHED_TLS_CERT(
      "", "PEM file of the own certificate and its chain, for servers that want one"),
  MEMCACHED_TLS_KEY("", "PEM file of the key of that certificate, PKCS#8 and not encrypted"),
  MEMCACHED_TLS_SERVER_NAME(
      "", "name that the servers' certificates must be for; the host of each server if empty"),
  MEMCACHED_TLS_INSECURE(
      "false", "true accepts every certificate; others can then read and change all"),
  MEMCACHED_AUTH_FILE(
      "",
      "file whose first line is user:password, as that of memcached -Y; instead of the next two"),
  MEMCACHED_USERNAME("", "user on servers that want a password"),
  MEMCACHED_PASSWORD("", "password of that user"),
  CACHE_FEED(
      "auto",
      "changes by other clients to watch: auto (all that are safe for the server's version), on (all) or off"),
  CACHE_WALK_INTERVAL(
      "60", "seconds between two walks over a server's keys, 1 to 86400; more if walks take long"),
  CACHE_AUTO_DUMP_INTERVAL("300", "seconds between automatic dumps, up to 2678400; 0 for none"),
  CACHE_AUTO_DUMP_CHANGES(
      "0", "changes since the last dump that an automatic dump needs, up to 1000000000"),
  CACHE_DUMP_FILE(
      "data/cache_dump.json",
      "file of the newest good dump; .zst or .gz at its end compresses dumps; the folder is created"),
  CACHE_DUMP_FOLLOW_SYMLINKS(
      "false", "true writes and reads where CACHE_DUMP_FILE leads if it is a symbolic link"),
  CACHE_DUMP_KEEP("3", "older dumps to keep beside the newest, 0 to 1000"),
  CACHE_DUMP_KEEP_DAYS("0", "days whose last dump is kept as well, 0 to 3650"),
  CACHE_DUMP_PARTIAL(
      "false",
      "keep a dump that lacks the keys of a failed server; it is marked and never current"),
  CACHE_DUMP_RATE("0", "most keys a second that a dump reads, up to 1000000000; 0 for no limit"),
  CACHE_DUMP_MAX_LATENCY_MS(
      "50",
      "milliseconds by which the latency of a server may exceed its baseline before a dump pauses, up to 60000; 0 for no limit"),
  CACHE_DUMP_LEASE(
      "false",
      "let one of several instances on the same servers make the automatic dumps; keeps a key there, even in production"),
  CACHE_RESTORE_ON_START(
      "false",
      "at start, restore missing keys from the newest dump onto servers that are empty or younger than it"),
  CACHE_APP_SEPARATORS(
      ":",
      "characters that end the name of an app at the start of a key, such as :._; the first one in the key does"),
  CACHE_APP_PATTERN(
      "", "regular expression whose first group is the app of a key; replaces the one above"),
  CACHE_ENVIRONMENT("production", "production only reads; development allows changes"),
  CACHE_PRODUCTION_ALLOW(
      "",
      "what operators may do in production nevertheless: dump, download, manage, separated by commas"),
  CACHE_TOKENS_FILE(
      "",
      "file of the tokens that callers need, one a line: NAME ROLE sha256:HEX [apps=a,b] [expires=TIME]; none are needed if empty"),
  CACHE_ALLOW_ANONYMOUS(
      "false", "true lets the API listen beyond this machine although callers need no token"),
  CACHE_AUDIT_FILE(
      "",
      "file of the audit log, for example data/audit.log; the folder is created; no audit log if empty"),
  CACHE_AUDIT_MAX_BYTES(
      "10485760", "most bytes of that file, 65536 to 1099511627776; a full one is put aside"),
  CACHE_AUDIT_KEEP("10", "full files of the audit log to keep, up to 100000; 0 keeps all"),
  CACHE_CONFIRM_CLEAR(
      "false", "true deletes every key at once only with the body {\"confirm\": \"clear\"}"),
  CACHE_HIDE_VALUES(
      "", "regular expression; the values of keys in which it is found are shown to nobody"),
  CACHE_HTTP_HOST("127.0.0.1", "address where the API listens"),
  CACHE_HTTP_PORT("8080", "port where the API listens, 1 to 65535; 0 for any free port"),
  CACHE_HTTP_ALLOWED_HOSTS(
      "", "further names and addresses of the API, for example cache.example,10.0.0.1"),
  CACHE_HTTP_TRUSTED_PROXIES(
      "",
      "addresses and ranges of proxies whose X-Forwarded-For, -Proto and -Host count, for example 127.0.0.1,10.0.0.0/8,fd00::/8"),
  CACHE_HTTP_BASE_PATH("", "path that everything is below, for example /tools/cache"),
  CACHE_HTTP_MAX_HEADER_BYTES(
      "32768", "most bytes of a request line with its headers, 1024 to 1048576"),
  CACHE_HTTP_MAX_BODY_BYTES(
      "2097152",
      "most bytes of a request body, 1024 to 134217728; a value may be as long as the servers store it"),
  CACHE_HTTP_REQUEST_SECONDS(
      "300",
      "seconds that a search may take, with its wait for servers, 1 to 86400; jobs may take longer"),
  CACHE_HTTP_MAX_REQUESTS("400", "most requests at once, 1 to 10000; each may take a thread"),
  CACHE_HTTP_MAX_REQUESTS_PER_ADDRESS(
      "150",
      "most requests at once of one address, 1 to 10000; never more than it leaves free for others"),
  CACHE_HTTP_MAX_CONNECTIONS(
      "1000", "most open connections, 2 to 100000; one address may have half of them"),
  CACHE_HTTP_MAX_EVENT_STREAMS(
      "100",
      "most clients that follow jobs or changes at once, 1 to 10000; one address may have half of them"),
  CACHE_HTTP_MAX_PATTERN_STEPS(
      "150000000",
      "most steps of a pattern in a request, if it has a step limit, 1000000 to 1000000000000"),
  CACHE_HTTP_MAX_VALUE_BYTES(
      "33554432",
      "most bytes of items whose values one answer has, 1024 to 1073741824, and what a sixteenth of the heap holds"),
  CACHE_TLS_CERT(
      "", "PEM file of the API's certificate and its chain; with it the API takes HTTPS only"),
  CACHE_TLS_KEY("", "PEM file of the key of that certificate, PKCS#8 and not encrypted"),
  CACHE_TLS_CLIENT_CA(
      "",
      "PEM file of the authorities that sign the certificates of the API's clients; clients need none"),
  CACHE_METRICS_SLABS("false", "true adds the statistics of each slab class to the metrics"),
  CACHE_METRICS_PUBLIC("false", "true shows the metrics to everybody, without a token"),
  CACHE_LOG_FORMAT("text", "lines of the log: text for people or json for programs"),
  CACHE_LOG_LEVEL(
      "info",
      "least level of what the service logs: error, warn, info or debug; libraries log warnings at most"),
  CACHE_ACCESS_LOG(
      "none",
      "requests that are logged when they have ended: all, errors (status 400 or more, or cut off) or none"),
  CACHE_JIT_WARM_UP(
      "true",
      "with memcached: practise work on many keys for some seconds after the start, on a fake server, so that the first real one is as fast as later ones"),
  CACHE_MAX_SIZE("1000000", "most entries of the in-memory store, at least 1"),
  CACHE_MAX_BYTES(
      "a quarter of the heap",
      "most bytes of the in-memory store with all overhead, at least 1024");

  private final String standard;
  private final String meaning;

  Setting(String standard, String meaning) {
    this.standard = standard;
    this.meaning = meaning;
  }

  /** The default, in words. */
  String standard() {
    return standard;
  }

  /** Whether nobody may see its value. */
  boolean isSecret() {
    return this == MEMCACHED_PASSWORD;
  }

  /** The meaning, in one line. */
  String meaning() {
    return meaning;
  }
}
