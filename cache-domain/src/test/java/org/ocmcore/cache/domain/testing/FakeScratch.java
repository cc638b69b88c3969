package org.ocmcore.cache.domain.testing;

import java.util.ArrayDeque;
import java.util.function.IntConsumer;
import org.ocmcore.cache.domain.port.DumpPort.Scratch;

/** Temporary space in memory. */
final class FakeScratch implements Scratch {
  private final ArrayDeque<Byte> held = new ArrayDeque<>();
  private final IntConsumer onWrite;
  private final Runnable onClose;

  /** @param onWrite receives the number of bytes of each write */
  FakeScratch(IntConsumer onWrite, Runnable onClose) {
    this.onWrite = onWrite;
    this.onClose = onClose;
  }

  @Override
  public synchronized void write(byte[] bytes, int length) {
    onWrite.accept(length);
    for (int i = 0; i < length; i++) {
      held.add(bytes[i]);
    }
  }

  @Override
  public synchronized void read(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      bytes[i] = held.remove();
    }
  }

  @Override
  public void close() {
    onClose.run();
  }
}
