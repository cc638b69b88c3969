package org.ocmcore.cache.adapter.cli;

/** Prints rows as they come. For use by one thread. */
interface RowPrinter<T> extends AutoCloseable {
  void print(T row);

  /** Prints what is left. */
  @Override
  void close();
}
