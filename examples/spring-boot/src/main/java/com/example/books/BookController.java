package com.example.books;

import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The books over HTTP. */
@RestController
final class BookController {
  private final BookShelf shelf;

  BookController(BookShelf shelf) {
    this.shelf = shelf;
  }

  /** Answers 404 if there is no such book. */
  @GetMapping("/books/{isbn}")
  ResponseEntity<Book> find(@PathVariable String isbn) {
    return ResponseEntity.of(Optional.ofNullable(shelf.find(isbn)));
  }

  /** Stores a book; the ISBN of the path counts. */
  @PutMapping("/books/{isbn}")
  Book store(@PathVariable String isbn, @RequestBody Book book) {
    Book stored = new Book(isbn, book.title(), book.pages());
    shelf.store(stored);
    return stored;
  }

  @GetMapping("/queries")
  Map<String, Integer> queries() {
    return Map.of("queries", shelf.queries());
  }
}
