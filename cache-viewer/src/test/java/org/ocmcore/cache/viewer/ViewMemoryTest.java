package org.ocmcore.cache.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ocmcore.cache.viewer.ViewTests.hex;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class ViewMemoryTest {
  private static final int MIB = 1 << 20;
  private static final int SIZE = 8 * MIB;

  /** Memory that is counted, and ends. */
  private static final class Counted implements ViewMemory {
    private final long capacity;
    private long held;
    private long most;

    Counted(long capacity) {
      this.capacity = capacity;
    }

    @Override
    public void take(long bytes) {
      if (held + bytes > capacity) {
        throw new IllegalStateException("memory is gone");
      }
      held += bytes;
      most = Math.max(most, held);
    }

    @Override
    public void giveBack(long bytes) {
      held -= bytes;
    }
  }

  /** Zeros alone would be compressed more than a view allows. */
  private static byte[] pattern(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i >> 6);
    }
    return bytes;
  }

  private static byte[] zlib(byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(value);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  private static ValueView view(byte[] value, Counted memory) {
    return view(value, DecoderChain.AUTO, memory);
  }

  private static ValueView view(byte[] value, DecoderChain chain, Counted memory) {
    return new ValueViewer().view(value, 0, chain, ViewWindow.FIRST, memory);
  }

  @Test
  void whatIsDecodedIsTakenOnceAndGivenBack() {
    Counted memory = new Counted(Long.MAX_VALUE);
    ValueView view = view(zlib(pattern(SIZE)), memory);
    assertEquals(SIZE, view.steps().get(0).bytes());
    assertTrue(memory.most >= SIZE && memory.most < SIZE + 2 * MIB, memory.most + " bytes");
    assertEquals(0, memory.held);
  }

  @Test
  void withoutMemoryTheViewEnds() {
    Counted memory = new Counted(SIZE);
    byte[] value = zlib(pattern(SIZE));
    assertThrows(IllegalStateException.class, () -> view(value, memory));
    assertEquals(0, memory.held);
  }

  @Test
  void eachStepTakesItsBytes() {
    Counted memory = new Counted(Long.MAX_VALUE);
    byte[] inner = zlib(pattern(SIZE));
    byte[] wrapped = Base64.getEncoder().encode(zlib(inner));
    assertEquals(3, view(wrapped, memory).steps().size());
    assertTrue(memory.most >= SIZE + inner.length, memory.most + " bytes");
    assertEquals(0, memory.held);
  }

  @Test
  void aBombTakesNoMemory() {
    Counted memory = new Counted(2 * MIB);
    ValueView view = view(zlib(pattern(70 * MIB)), memory);
    assertTrue(view.notes().get(0).contains("more than a view may hold"), view.notes() + "");
    assertEquals(0, memory.held);
  }

  @Test
  void theWindowOfZstdIsTaken() {
    Counted memory = new Counted(Long.MAX_VALUE);
    byte[] value = Zstd.compress(pattern(SIZE), 19);
    assertEquals(SIZE, view(value, memory).steps().get(0).bytes());
    assertTrue(memory.most >= 2 * SIZE, memory.most + " bytes");
    // A window of 64 MiB, of which nothing comes.
    byte[] frame = hex("28b52ffd 00 80 010000");
    memory.most = 0;
    view(frame, memory);
    assertTrue(memory.most >= 64 * MIB, memory.most + " bytes");
    byte[] later = new byte[2 * frame.length];
    System.arraycopy(hex("28b52ffd 00 00 010000"), 0, later, 0, frame.length);
    System.arraycopy(frame, 0, later, frame.length, frame.length);
    memory.most = 0;
    view(later, memory);
    assertTrue(memory.most >= 64 * MIB, memory.most + " bytes");
    assertEquals(0, memory.held);
  }

  /** Objects that a reader remembers are much larger than their bytes. */
  @Test
  void whatAReaderRemembersIsTaken() {
    int many = 100_000;
    assertTrue(taken("aced0005", "740000", many, "java") > 150L * many);
    assertTrue(taken("00000002 14" + "ff", "1100", 255, "igbinary") >= MIB);
    assertTrue(taken("0408 5b03a08601", "3a00", many, "ruby") > 40L * many);
  }

  /** A buffer of its own for each would make views of many short texts run out of time. */
  @Test
  void aShortTextAllocatesLittle() {
    int many = 10_000;
    byte[] ruby = hex("0408 5b021027" + "220661".repeat(many));
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    view(ruby, new Counted(Long.MAX_VALUE));
    long before = threads.getCurrentThreadAllocatedBytes();
    ValueView view = view(ruby, new Counted(Long.MAX_VALUE));
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / many;
    assertEquals(ValueFormat.RUBY, view.format());
    assertTrue(each < 4_096, each + " bytes");
  }

  private static long taken(String head, String each, int times, String chain) {
    Counted memory = new Counted(Long.MAX_VALUE);
    try {
      view(hex(head + each.repeat(times)), DecoderChain.parse(chain), memory);
    } catch (DecodingException damaged) {
      // It was read up to its end.
    }
    assertEquals(0, memory.held);
    return memory.most;
  }

  @Test
  void aLongTextIsWrittenWithoutACopy() {
    Counted memory = new Counted(2 * MIB);
    byte[] json = ("[\"" + "x".repeat(SIZE) + "\"]").getBytes();
    assertEquals(ValueFormat.JSON, view(json, memory).format());
    byte[] php = ("s:" + SIZE + ":\"" + "x".repeat(SIZE) + "\";").getBytes();
    assertEquals(ValueFormat.PHP, view(php, memory).format());
  }

  @Test
  void aCopyIsTaken() {
    Counted memory = new Counted(Long.MAX_VALUE);
    byte[] php = ("E:" + SIZE + ":\"" + "x".repeat(SIZE) + "\";").getBytes();
    ValueView view = view(php, memory);
    assertTrue(memory.most >= SIZE, memory.most + " bytes");
    assertEquals("enum " + "x".repeat(1_000) + "…", view.content());
    assertEquals(0, memory.held);
  }
}
