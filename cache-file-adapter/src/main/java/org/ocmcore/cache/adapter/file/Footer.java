package org.ocmcore.cache.adapter.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.ServerAccount;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * The lines behind the last block of a dump: account and trailer.
 *
 * @param account empty if its line is missing or invalid
 * @param trailerFrom the position of the trailer in the text
 */
record Footer(Optional<DumpAccount> account, int trailerFrom) {
  private static final Set<String> COUNTS =
      Set.of("seen", "written", "gone", "expired", "elsewhere", "stale", "too_large", "failed");

  /**
   * Parses the account and finds the trailer, which is not checked. An account that is too long is
   * invalid.
   */
  static Footer parse(byte[] text, int from, int to) {
    int lineEnd = TextScan.lineEnd(text, from, to);
    boolean hasAccount =
        TextScan.startsWith(text, from, to, DumpFormat.ACCOUNT_START) && lineEnd != TextScan.NONE;
    return hasAccount
        ? new Footer(
            lineEnd - from > DumpFormat.MAX_ACCOUNT
                ? Optional.empty()
                : account(text, from, lineEnd),
            lineEnd + 1)
        : new Footer(Optional.empty(), from);
  }

  private static Optional<DumpAccount> account(byte[] text, int from, int to) {
    try (JsonParser json =
        DumpFormat.JSON.createParser(ObjectReadContext.empty(), text, from, to - from)) {
      List<ServerAccount> servers = new ArrayList<>();
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.START_ARRAY && name.equals("account")) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            if (servers.size() == DumpFormat.MAX_SERVERS) {
              return Optional.empty();
            }
            servers.add(server(json));
          }
        } else {
          json.skipChildren();
        }
      }
      return Optional.of(new DumpAccount(servers));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ServerAccount server(JsonParser json) {
    Map<String, Long> counts = new HashMap<>();
    String server = "";
    Optional<String> failure = Optional.empty();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      switch (json.nextToken()) {
        case VALUE_NUMBER_INT -> {
          if (COUNTS.contains(name)) {
            counts.put(name, json.getLongValue());
          }
        }
        case VALUE_STRING -> {
          if (name.equals("server")) {
            server = json.getString();
          } else if (name.equals("failure")) {
            failure = Optional.of(json.getString());
          }
        }
        default -> json.skipChildren();
      }
    }
    return new ServerAccount(
        server,
        counts.getOrDefault("seen", 0L),
        counts.getOrDefault("written", 0L),
        counts.getOrDefault("gone", 0L),
        counts.getOrDefault("expired", 0L),
        counts.getOrDefault("elsewhere", 0L),
        counts.getOrDefault("stale", 0L),
        counts.getOrDefault("too_large", 0L),
        counts.getOrDefault("failed", 0L),
        failure);
  }
}
