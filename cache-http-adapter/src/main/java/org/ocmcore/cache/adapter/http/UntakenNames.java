package org.ocmcore.cache.adapter.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rejects names that would limit a change but are misspelt or misplaced, and fields of changes at
 * other paths. Other unknown names are ignored, with a hint on reads. A request with
 * {@code dry_rum}, or with {@code dry_run} in the query string, must not delete keys, and one with
 * {@code timeout} must not clear the servers.
 */
final class UntakenNames {
  /** The names that make a change smaller, slower or another than it would be without. */
  private static final Set<String> LIMITS = limits();

  /** The most fields of a body, and parameters, that are checked. */
  private static final int MAX_NAMES = 1_000;

  /** From this length on a misspelt name may differ in two letters, below it in one. */
  private static final int LONG = 5;

  /** A shorter name may be anything. */
  private static final int LEAST_BEGIN = 4;

  private UntakenNames() {}

  private static Set<String> limits() {
    Set<String> limits = new HashSet<>(KeyParameters.FILTERS);
    limits.addAll(NamedKeys.FIELDS);
    limits.addAll(BulkRequests.LIMITS);
    limits.addAll(List.of(
        RawRequest.PATTERN,
        RawRequest.MATCH,
        RawRequest.KEY_BASE64,
        RawRequest.LIMIT,
        DumpRequests.CREATED_AT,
        RawRequest.ASYNC));
    return Set.copyOf(limits);
  }

  /**
   * For each path of a change, the fields that only changes at other paths take. A client may send
   * one body with every method of a path.
   */
  static Map<String, Set<String>> misplaced(List<Route<?>> routes) {
    Map<String, Set<String>> taken = new HashMap<>();
    routes.stream()
        .filter(Route::management)
        .forEach(route ->
            taken.computeIfAbsent(route.path(), path -> new HashSet<>()).addAll(route.fields()));
    Map<String, Set<String>> misplaced = new HashMap<>();
    taken.forEach((path, own) -> {
      Set<String> others = new HashSet<>();
      taken.values().forEach(others::addAll);
      others.removeAll(own);
      misplaced.put(path, Set.copyOf(others));
    });
    return Map.copyOf(misplaced);
  }

  /**
   * @param fields that the request takes in its body; of these a pattern, and how it is read, may
   *     be in the query string
   * @param misplaced fields that only changes at other paths take
   * @throws RequestRejected if there is such a name
   */
  static void reject(RawRequest request, Set<String> fields, Set<String> misplaced) {
    Set<String> inBody = new HashSet<>(fields);
    if (fields.contains(RawRequest.PATTERN)) {
      inBody.add(RawRequest.MATCH);
    }
    Set<String> inQuery = new HashSet<>(inBody);
    inQuery.retainAll(Set.of(RawRequest.PATTERN, RawRequest.MATCH));
    inQuery.add(RawRequest.ASYNC);
    if (request.takesKeyInQuery()) {
      inQuery.add(RawRequest.KEY_BASE64);
    }
    reject(request.body().names(), "the body", inBody, inQuery, misplaced);
    Set<String> notInQuery = new HashSet<>(inBody);
    notInQuery.addAll(misplaced);
    reject(request.query().names(), "the query string", inQuery, inBody, notInQuery);
  }

  /** @param misplaced what is rejected if it is written exactly so */
  private static void reject(
      Collection<String> names,
      String part,
      Set<String> taken,
      Set<String> elsewhere,
      Set<String> misplaced) {
    if (names.size() > MAX_NAMES) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER,
          "%s has %d names, it must have %d at most".formatted(part, names.size(), MAX_NAMES));
    }
    Set<String> known = new TreeSet<>(taken);
    known.addAll(LIMITS);
    for (String name : names) {
      if (!taken.contains(name)) {
        Optional<String> meant = misplaced.contains(name)
            ? Optional.of(name)
            : meant(name, known).or(() -> begun(name, taken));
        meant.ifPresent(likely -> reject(name, likely, part, taken, elsewhere));
      }
    }
  }

  private static void reject(
      String name, String meant, String part, Set<String> taken, Set<String> elsewhere) {
    String hint = elsewhere.contains(name)
        ? "put it into the " + (part.equals("the body") ? "query string" : "body")
        : taken.contains(meant)
            ? "did you mean %s?".formatted(meant)
            : "what is taken is "
                + (taken.isEmpty() ? "nothing" : String.join(", ", new TreeSet<>(taken)));
    throw new RequestRejected(
        Kind.INVALID_PARAMETER,
        "%s is not taken in %s here, so nothing was done; %s".formatted(name, part, hint));
  }

  /**
   * What a name in the query string that the route has not asked for was probably meant to be;
   * empty if there is no such name. Only after the request was parsed.
   */
  static Optional<String> hint(RawRequest request) {
    return hint(request.query());
  }

  /** The same of a request that is parsed as far as it matters. */
  static Optional<String> hint(QueryString query) {
    if (query.names().isEmpty()) {
      return Optional.empty();
    }
    Set<String> taken = query.taken();
    return query.names().stream()
        .filter(name -> !taken.contains(name))
        .limit(MAX_NAMES)
        .sorted()
        .flatMap(name -> meant(name, taken).stream()
            .map(known -> "%s is not a parameter here and was ignored; did you mean %s?"
                .formatted(name, known)))
        .findFirst();
  }

  private static Optional<String> meant(String name, Set<String> known) {
    String plain = plain(name);
    return known.stream()
        .filter(other -> isLike(plain(other), plain))
        .min(Comparator.comparingInt(other -> Spelling.distance(other, name)));
  }

  /** The name that this one is the beginning of, such as {@code interval_seconds}. */
  private static Optional<String> begun(String name, Set<String> taken) {
    return taken.stream()
        .filter(other -> name.length() >= LEAST_BEGIN && other.startsWith(name + "_"))
        .findFirst();
  }

  private static boolean isLike(String known, String name) {
    int most = known.length() < LONG ? 1 : 2;
    // The lengths first: the distance takes their product in time.
    return Math.abs(known.length() - name.length()) <= most
        && Spelling.distance(known, name) <= most;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]|s$", "");
  }
}
