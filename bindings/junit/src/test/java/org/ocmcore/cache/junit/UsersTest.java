package org.ocmcore.cache.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.jackson.JacksonCodec;

// docs/library.md shows this.
// example
final class UsersTest {
  @RegisterExtension
  static final CacheExtension CACHES =
      CacheExtension.create().building(builder -> builder.codec(JacksonCodec.create()));

  private final Cache users;

  UsersTest(Cache cache) {
    users = cache.app("users");
  }

  @Test
  void aUserIsFound() {
    users.set("1", new User("Ada", 3), Duration.ofHours(1));
    assertEquals(Optional.of(new User("Ada", 3)), users.get("1", User.class));
  }

  record User(String name, int level) {}
}
// end
