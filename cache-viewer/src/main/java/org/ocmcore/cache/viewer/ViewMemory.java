package org.ocmcore.cache.viewer;

/**
 * Where a view takes the memory that it needs beside the stored bytes. It takes bytes before it
 * uses them, and gives all of them back at its end. For one thread.
 */
public interface ViewMemory {
  /** Any number of bytes, as for a program that makes one view at a time. */
  ViewMemory UNCOUNTED = new ViewMemory() {
    @Override
    public void take(long bytes) {}

    @Override
    public void giveBack(long bytes) {}
  };

  /**
   * Takes bytes. What this throws ends the view, and is thrown by it: it must not be a
   * {@link DecodingException}.
   */
  void take(long bytes);

  /** Gives back bytes that were taken. */
  void giveBack(long bytes);
}
