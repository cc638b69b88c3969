package com.example.books;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/**
 * Books in a table in memory, which counts the queries. Your application asks a database here.
 *
 * <p>Not final, since Spring extends it.
 */
@Service
public class BookShelf {
  private final Map<String, Book> rows = new ConcurrentHashMap<>(Map.of(
      "9780306406157", new Book("9780306406157", "Caching", 240),
      "9783161484100", new Book("9783161484100", "Expiry", 310)));
  private final AtomicInteger queries = new AtomicInteger();

  /**
   * Returns a book, or null if there is none. One thread loads a book at a time; absence is
   * remembered, too.
   */
  @Cacheable(cacheNames = "books", sync = true)
  public Book find(String isbn) {
    queries.incrementAndGet();
    return rows.get(isbn);
  }

  /** Stores a book; the next reader loads it. */
  @CacheEvict(cacheNames = "books", key = "#book.isbn")
  public void store(Book book) {
    rows.put(book.isbn(), book);
  }

  /** Returns how often the table was asked. */
  public int queries() {
    return queries.get();
  }
}
