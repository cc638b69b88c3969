package org.ocmcore.cache.domain.dump;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.ocmcore.cache.domain.entry.Expiry;
import org.ocmcore.cache.domain.entry.KeyInfo;
import org.ocmcore.cache.domain.error.DumpFailed;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.domain.port.DumpPort.Scratch;

/**
 * Passes keys from a walk, which must not wait, to the reader of their values, which may take any
 * time. Keeps some keys in memory and the rest in a scratch file. Keys come out in no order. For
 * one writer and one reader.
 */
final class KeySpool implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;

  /** A chunk begins with the number of its used bytes. */
  private static final int CHUNK_START = Integer.BYTES;

  /** The bytes beside a key: its length, expiry, size and last access. */
  private static final int METADATA_BYTES = Short.BYTES + Long.BYTES + Integer.BYTES + Long.BYTES;

  private static final long PATIENCE_MILLIS = 100;

  private static final int MAX_RECORD = METADATA_BYTES + CacheKey.MAX_BYTES;

  private final String server;
  private final int maxChunks;
  private final Supplier<Scratch> scratches;
  private final FailureSignal signal;
  private final ArrayDeque<ByteBuffer> held = new ArrayDeque<>();
  private Scratch scratch;
  private long chunksInScratch;
  private boolean ended;

  /** The writer's. */
  private ByteBuffer filling = emptyChunk();

  /** The reader's. */
  private ByteBuffer emptying = ByteBuffer.allocate(0);

  /**
   * @param memory the approximate bytes in memory; at least a chunk of 64 KiB is used
   * @param scratches creates a scratch file when it is needed
   * @param signal ends the waiting of the reader
   */
  KeySpool(String server, long memory, Supplier<Scratch> scratches, FailureSignal signal) {
    this.server = server;
    this.maxChunks = (int) Math.min(Integer.MAX_VALUE, Math.max(1, memory / CHUNK));
    this.scratches = scratches;
    this.signal = signal;
  }

  private static ByteBuffer emptyChunk() {
    return ByteBuffer.allocate(CHUNK).position(CHUNK_START);
  }

  /** Adds a key. Does not wait for the reader. */
  void add(KeyInfo key) {
    if (filling.remaining() < MAX_RECORD) {
      pass();
    }
    filling
        .putShort((short) key.key().length())
        .putLong(key.expiry().epochSecond())
        .putInt((int) key.size())
        .putLong(key.lastAccess())
        .put(key.key().buffer());
  }

  private void pass() {
    filling.putInt(0, filling.position());
    if (hold(filling)) {
      filling = emptyChunk();
    } else {
      scratch().write(filling.array(), CHUNK);
      countInScratch();
      filling.clear().position(CHUNK_START);
    }
  }

  private synchronized boolean hold(ByteBuffer chunk) {
    if (held.size() >= maxChunks) {
      return false;
    }
    held.add(chunk);
    notifyAll();
    return true;
  }

  private synchronized Scratch scratch() {
    if (scratch == null) {
      scratch = scratches.get();
    }
    return scratch;
  }

  private synchronized void countInScratch() {
    chunksInScratch++;
    notifyAll();
  }

  /** No more keys will come. */
  void end() {
    if (filling.position() > CHUNK_START) {
      pass();
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  /** Takes a key, or null if there is none now. */
  KeyInfo poll() {
    if (!emptying.hasRemaining()) {
      ByteBuffer next = nextChunk();
      if (next == null) {
        return null;
      }
      emptying = next.limit(next.getInt(0)).position(CHUNK_START);
    }
    byte[] key = new byte[emptying.getShort()];
    Expiry expiry = new Expiry(emptying.getLong());
    long size = Integer.toUnsignedLong(emptying.getInt());
    long lastAccess = emptying.getLong();
    emptying.get(key);
    return new KeyInfo(CacheKey.ofBytes(key), expiry, size, lastAccess, false, server);
  }

  /** Waits until there is a key or no more will come; returns whether there is one. */
  boolean await() {
    if (emptying.hasRemaining()) {
      return true;
    }
    synchronized (this) {
      while (!hasChunk() && !ended) {
        sleep();
      }
      return hasChunk();
    }
  }

  private boolean hasChunk() {
    return !held.isEmpty() || chunksInScratch > 0;
  }

  private ByteBuffer nextChunk() {
    synchronized (this) {
      if (!held.isEmpty()) {
        return held.remove();
      }
      if (chunksInScratch == 0) {
        return null;
      }
      chunksInScratch--;
    }
    ByteBuffer chunk = emptyChunk();
    scratch().read(chunk.array(), CHUNK);
    return chunk;
  }

  private void sleep() {
    signal.check();
    try {
      wait(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DumpFailed("interrupted", e);
    }
  }

  @Override
  public synchronized void close() {
    if (scratch != null) {
      scratch.close();
    }
  }
}
