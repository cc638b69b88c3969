package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;

/** The server wants a user and a password first. */
final class AuthenticationRequiredException extends IOException {
  private static final long serialVersionUID = 1;

  AuthenticationRequiredException() {
    super("it wants a user and a password: set MEMCACHED_USERNAME and MEMCACHED_PASSWORD,"
        + " or MEMCACHED_AUTH_FILE");
  }
}
