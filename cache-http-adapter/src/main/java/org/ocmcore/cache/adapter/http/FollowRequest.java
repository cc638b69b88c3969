package org.ocmcore.cache.adapter.http;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.ocmcore.cache.domain.changes.ChangeKind;
import org.ocmcore.cache.domain.changes.ChangeQuery;
import org.ocmcore.cache.domain.query.KeyFilter;

/**
 * Asks for changes as they happen.
 *
 * @param path of the request
 * @param hint what the client has probably meant instead; empty if it is clear
 */
record FollowRequest(ChangeQuery query, String path, Optional<String> hint) {
  private static final String KINDS = "kinds";

  static FollowRequest parse(RawRequest request) {
    KeyFilter named = request.keys().filter(request.servers());
    if (!named.traits().isAny()) {
      throw new RequestRejected(
          Kind.INVALID_PARAMETER,
          "%s cannot be asked for here: changes are selected by pattern, prefix, app, server and kinds"
              .formatted(KeyParameters.words(KeyFilter.ALL.with(named.traits()))));
    }
    KeyFilter filter = request.optionalPattern().map(named::with).orElse(named);
    ChangeQuery query = new ChangeQuery(filter, kinds(request.query()));
    return new FollowRequest(
        query, request.path(), request.hint().or(() -> UntakenNames.hint(request)));
  }

  private static Set<ChangeKind> kinds(QueryString query) {
    Optional<String> given = query.text(KINDS);
    if (given.isEmpty()) {
      return EnumSet.allOf(ChangeKind.class);
    }
    Set<ChangeKind> kinds = EnumSet.noneOf(ChangeKind.class);
    for (String name : given.get().split(",", -1)) {
      try {
        kinds.add(ChangeKind.named(name));
      } catch (IllegalArgumentException e) {
        throw new RequestRejected(
            Kind.INVALID_PARAMETER,
            "%s is \"%s\": %s".formatted(KINDS, given.get(), e.getMessage()));
      }
    }
    return kinds;
  }
}
