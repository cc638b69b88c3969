package org.ocmcore.cache.adapter.file;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The text of a file of another tool, decompressed while it is read. The first bytes say how it is
 * compressed. For one thread.
 */
final class PlainInput extends InputStream {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  private final CheckedInputStream stored;
  private final BufferedInputStream text;

  private PlainInput(CheckedInputStream stored) throws IOException {
    this.stored = stored;
    BufferedInputStream first = new BufferedInputStream(stored, DumpFormat.CHUNK);
    text = new BufferedInputStream(decompress(first, peek(first, 4)), DumpFormat.CHUNK);
    if (Arrays.equals(peek(text, BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
      text.skipNBytes(BYTE_ORDER_MARK.length);
    }
  }

  /** @throws IOException if it cannot be read; says so if its compression is damaged */
  static PlainInput open(Path file) throws IOException {
    return of(Files.newInputStream(
        LocalDisk.requireNoPipe(file, LinkOption.NOFOLLOW_LINKS), LinkOption.NOFOLLOW_LINKS));
  }

  private static PlainInput of(InputStream in) throws IOException {
    try {
      return new PlainInput(new CheckedInputStream(in, new CRC32C()));
    } catch (IOException e) {
      in.close();
      throw translated(e);
    }
  }

  /**
   * The first bytes of a text; fewer if it is shorter or damaged: those before the damage.
   *
   * @param file as it is stored; is closed
   */
  static byte[] firstBytes(InputStream file, int most) throws IOException {
    byte[] first = new byte[most];
    int count = 0;
    try (PlainInput in = of(file)) {
      for (int next = in.read(); next >= 0 && count < most; next = in.read()) {
        first[count++] = (byte) next;
      }
    } catch (CorruptDumpException e) {
      // The check of the whole file reports the damage.
    }
    return Arrays.copyOf(first, count);
  }

  private static byte[] peek(BufferedInputStream in, int most) throws IOException {
    in.mark(most);
    byte[] first = in.readNBytes(most);
    in.reset();
    return first;
  }

  private static InputStream decompress(InputStream in, byte[] first) throws IOException {
    if (DumpCompression.detect(first) == DumpCompression.ZSTD) {
      try {
        return new ZstdInputStream(in);
      } catch (LinkageError e) {
        throw DumpCompression.zstdUnavailable(e);
      }
    }
    boolean zipped =
        first.length >= GZIP.length && Arrays.equals(first, 0, GZIP.length, GZIP, 0, GZIP.length);
    return zipped ? new GZIPInputStream(in, DumpFormat.CHUNK) : in;
  }

  /** The checksum of what was read of the file. */
  long checksum() {
    return stored.getChecksum().getValue();
  }

  @Override
  public int read() throws IOException {
    try {
      return text.read();
    } catch (IOException e) {
      throw translated(e);
    }
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      return text.read(bytes, from, length);
    } catch (IOException e) {
      throw translated(e);
    }
  }

  private static IOException translated(IOException e) {
    boolean damaged =
        e instanceof ZipException || e instanceof EOFException || e instanceof ZstdIOException;
    return damaged
        ? new CorruptDumpException("its compression is damaged or cut off (%s): make the file again"
            .formatted(IoMessages.of(e)))
        : e;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
