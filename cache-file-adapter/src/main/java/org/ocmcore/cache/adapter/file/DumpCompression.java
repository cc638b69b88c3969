package org.ocmcore.cache.adapter.file;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * How the text of a dump is compressed. A compressed dump is a sequence of frames, each with one
 * block. Other tools read the frames as one file (RFC 8878, 3.1; RFC 1952, 2.2); here a damaged
 * frame costs one block.
 */
enum DumpCompression {
  NONE("", new byte[] {'{'}),
  GZIP(".gz", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0}),
  ZSTD(".zst", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});

  /** All that have frames. */
  static final List<DumpCompression> FRAMED = List.of(GZIP, ZSTD);

  private static final int ZSTD_LEVEL = 1;

  private final String extension;
  private final byte[] magic;

  DumpCompression(String extension, byte[] magic) {
    this.extension = extension;
    this.magic = magic;
  }

  /** The extension of file names, with its dot; empty for {@link #NONE}. */
  String extension() {
    return extension;
  }

  /** The compression that the extension of a file name asks for. */
  static DumpCompression forFileName(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return FRAMED.stream()
        .filter(compression -> name.endsWith(compression.extension))
        .findFirst()
        .orElse(NONE);
  }

  /** The compression of a file with these first bytes. */
  static DumpCompression detect(byte[] firstBytes) {
    return FRAMED.stream()
        .filter(compression -> compression.startsFrame(firstBytes, 0))
        .findFirst()
        .orElse(NONE);
  }

  /** Whether a frame may begin here. */
  boolean startsFrame(byte[] bytes, int from) {
    return bytes.length - from >= magic.length
        && Arrays.equals(bytes, from, from + magic.length, magic, 0, magic.length);
  }

  /** The number of bytes that {@link #startsFrame} compares. */
  int magicLength() {
    return magic.length;
  }

  /** @throws IOException if this machine cannot compress so; the message says why */
  void requireAvailable() throws IOException {
    if (this != NONE) {
      frame(new byte[0], 0);
    }
  }

  /** One frame with the first {@code length} bytes of the text. */
  byte[] frame(byte[] text, int length) throws IOException {
    return switch (this) {
      case NONE -> throw new IllegalStateException("text that is not compressed has no frames");
      case GZIP -> gzip(text, length);
      case ZSTD -> zstd(text, length);
    };
  }

  private static byte[] zstd(byte[] text, int length) throws IOException {
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      byte[] frame = new byte[Math.toIntExact(Zstd.compressBound(length))];
      // With a checksum, so that "zstd -t" finds damage, too.
      context.setLevel(ZSTD_LEVEL).setChecksum(true);
      int size = context.compressByteArray(frame, 0, frame.length, text, 0, length);
      return Arrays.copyOf(frame, size);
    } catch (ZstdException e) {
      throw new IOException("zstd: " + e.getMessage(), e);
    } catch (LinkageError e) {
      throw zstdUnavailable(e);
    }
  }

  /** The failure of a machine that cannot load the native library of zstd. */
  static IOException zstdUnavailable(LinkageError cause) {
    return new IOException("zstd cannot be used here: " + cause.getMessage(), cause);
  }

  private static byte[] gzip(byte[] text, int length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length / 2 + 64);
    try (GZIPOutputStream gzip = new FastGzipStream(out)) {
      gzip.write(text, 0, length);
    }
    return out.toByteArray();
  }

  /** With the fastest level: the default takes several times the time and saves little. */
  private static final class FastGzipStream extends GZIPOutputStream {
    FastGzipStream(ByteArrayOutputStream out) throws IOException {
      super(out, DumpFormat.CHUNK);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
