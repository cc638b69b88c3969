package org.ocmcore.cache.adapter.cli;

import java.util.function.Consumer;

/** Prints rows as they come. For use by one thread. */
interface RowPrinter<T> extends AutoCloseable {
  void print(T row);

  /** Prints each row so. */
  static <T> RowPrinter<T> of(Consumer<T> printing) {
    return new RowPrinter<>() {
      @Override
      public void print(T row) {
        printing.accept(row);
      }

      @Override
      public void close() {
        // Every row has been printed.
      }
    };
  }

  /** Prints what is left. */
  @Override
  void close();
}
