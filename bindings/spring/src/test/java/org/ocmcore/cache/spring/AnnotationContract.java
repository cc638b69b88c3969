package org.ocmcore.cache.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ocmcore.cache.domain.client.Cache;
import org.ocmcore.cache.domain.port.Store;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What Spring's annotations do on every store. */
abstract class AnnotationContract {
  private static final int THREADS = 50;

  private Cache cache;
  private AnnotationConfigApplicationContext context;
  private Users users;

  /** An empty store, which the cache closes. */
  protected abstract Store createStore();

  @BeforeEach
  void startApplication() {
    cache = Cache.builder(createStore()).codec(new UserCodec()).build();
    context = new AnnotationConfigApplicationContext();
    context.registerBean(Cache.class, () -> cache);
    context.register(UsersConfiguration.class);
    context.refresh();
    users = context.getBean(Users.class);
  }

  @AfterEach
  void stopApplication() {
    context.close();
    cache.close();
  }

  @Test
  void synchronousMethodsAreCalledOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CountDownLatch ready = new CountDownLatch(THREADS);
      List<Future<User>> callers = Stream.generate(() -> threads.submit(() -> {
            ready.countDown();
            ready.await();
            return users.load(1);
          }))
          .limit(THREADS)
          .toList();
      ready.await();
      users.release();
      for (Future<User> caller : callers) {
        assertEquals(new User("user 1", 1), caller.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(1, users.loads());
  }

  @Test
  void putValuesAreFound() throws Exception {
    User ada = users.store(1, new User("Ada", 3));

    assertEquals(ada, users.load(1));
    assertEquals(0, users.loads());
    assertEquals(Optional.of(ada), cache.app("users").get("~Long(1)", User.class));
  }

  @Test
  void nullOfAMethodIsRemembered() {
    assertNull(users.search("nobody", 1));
    assertNull(users.search("nobody", 1));
    assertEquals(1, users.loads());
    assertNull(users.search("nobody", 2));
    assertEquals(2, users.loads());
  }

  @Test
  void evictingAllEntriesConcernsOneCache() {
    users.store(1, new User("Ada", 3));
    users.search("nobody", 1);
    users.order("a");

    users.forgetUsers();

    assertFalse(cache.keys("^users:").findAny().isPresent());
    assertEquals("order a", users.order("a"));
    assertEquals(2, users.loads());
  }

  @Test
  void argumentsWithoutATextAreRejected() {
    String message = assertThrows(
            IllegalArgumentException.class, () -> users.orderOf(new User("Ada", 3)))
        .getMessage();
    assertTrue(message.contains("KeyGenerator"), message);
  }
}
