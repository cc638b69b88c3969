package org.ocmcore.cache.adapter.cli;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ocmcore.cache.domain.access.Token;

/**
 * A token, without its secret.
 *
 * @param apps whose keys its holder sees, or {@code all}
 * @param expires when it ends; empty if never
 * @param expired whether it has ended
 */
record TokenView(String name, String role, String apps, Optional<String> expires, boolean expired) {
  static final List<Column<TokenView>> COLUMNS = List.of(
      Column.text("name", "name", TokenView::name),
      Column.text("role", "role", TokenView::role),
      Column.text("apps", "apps", TokenView::apps),
      new Column<>(
          "expires",
          "expires",
          false,
          token -> token.expires.orElse(""),
          token -> token.expires.orElse("never") + (token.expired ? " (expired)" : "")));

  static TokenView of(Token token, Instant now) {
    return new TokenView(
        token.name(),
        token.role().toString(),
        token.apps().toString(),
        token.expires().map(Instant::toString),
        token.isExpired(now));
  }

  /** For people. */
  String inWords() {
    return "%s: %s, apps: %s, expires: %s%s"
        .formatted(name, role, apps, expires.orElse("never"), expired ? " (expired)" : "");
  }

  /** All tokens of a file. */
  record All(List<TokenView> tokens) {}
}
