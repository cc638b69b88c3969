package com.example.shop;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.ocmcore.cache.domain.client.Cache;

/** The users that are logged in. For any number of threads. */
final class Sessions {
  /** A session that is not used for this time is over. */
  static final Duration IDLE = Duration.ofMinutes(30);

  private static final int TOKEN_BYTES = 16;

  private final Cache users;
  private final SecureRandom random = new SecureRandom();

  Sessions(Cache cache) {
    this.users = cache.app("session");
  }

  /** Starts a session of this user; returns its token, which nobody can guess. */
  String start(String user) {
    byte[] token = new byte[TOKEN_BYTES];
    random.nextBytes(token);
    String text = HexFormat.of().formatHex(token);
    users.set(text, user, IDLE);
    return text;
  }

  /** The user of the session, which begins to be idle again now; empty if it is over. */
  Optional<String> user(String token) {
    Optional<String> user = users.get(token, String.class);
    user.ifPresent(found -> users.refresh(token, IDLE));
    return user;
  }

  /** Ends the session. */
  void end(String token) {
    users.delete(token);
  }

  /** Ends all sessions. This deletes the keys of this app view, and no others. */
  void endAll() {
    users.clear();
  }
}
