package org.ocmcore.cache.spring;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;

/** A service as an application writes it; not final, since Spring extends it. */
class Users {
  private final AtomicInteger loads = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);

  /** How often a method was called whose result was not in a cache. */
  public int loads() {
    return loads.get();
  }

  /** Lets {@link #load} return. */
  public void release() {
    released.countDown();
  }

  /** Waits until it is released. */
  @Cacheable(cacheNames = "users", sync = true)
  public User load(long id) throws InterruptedException {
    loads.incrementAndGet();
    released.await();
    return new User("user " + id, 1);
  }

  @Cacheable("users")
  public User search(String name, int logins) {
    loads.incrementAndGet();
    return null;
  }

  @CachePut(cacheNames = "users", key = "#id")
  public User store(long id, User user) {
    return user;
  }

  @Cacheable("orders")
  public String order(String id) {
    loads.incrementAndGet();
    return "order " + id;
  }

  @Cacheable("orders")
  public String orderOf(User user) {
    return "order of " + user.name();
  }

  @CacheEvict(cacheNames = "users", allEntries = true)
  public void forgetUsers() {}
}
