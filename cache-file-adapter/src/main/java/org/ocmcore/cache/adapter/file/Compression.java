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
 * How the text of a dump lies in its file. Compressed it is a sequence of frames that hold a block
 * each: to everybody's tools that is one file (RFC 8878, 3.1; RFC 1952, 2.2), and to us one damaged
 * frame is one damaged block.
 */
enum Compression {
  NONE("", new byte[] {'{'}),
  GZIP(".gz", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0}),
  ZSTD(".zst", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});

  /** Those with frames. */
  static final List<Compression> FRAMED = List.of(GZIP, ZSTD);

  private static final int ZSTD_LEVEL = 1;

  private final String ending;
  private final byte[] magic;

  Compression(String ending, byte[] magic) {
    this.ending = ending;
    this.magic = magic;
  }

  /** How the names of files end that are compressed so. */
  String ending() {
    return ending;
  }

  /** What the ending of a file's name asks for. */
  static Compression named(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return FRAMED.stream()
        .filter(compression -> name.endsWith(compression.ending))
        .findFirst()
        .orElse(NONE);
  }

  /** What a file's first bytes tell. */
  static Compression of(byte[] firstBytes) {
    return FRAMED.stream()
        .filter(compression -> compression.begins(firstBytes, 0))
        .findFirst()
        .orElse(NONE);
  }

  /** Whether a frame may begin here. */
  boolean begins(byte[] bytes, int from) {
    return bytes.length - from >= magic.length
        && Arrays.equals(bytes, from, from + magic.length, magic, 0, magic.length);
  }

  /** How many bytes tell a beginning. */
  int magicLength() {
    return magic.length;
  }

  /** A frame with these bytes. */
  byte[] frame(byte[] text, int length) throws IOException {
    return switch (this) {
      case NONE -> throw new IllegalStateException("text that is not compressed has no frames");
      case GZIP -> gzip(text, length);
      case ZSTD -> zstd(text, length);
    };
  }

  private static byte[] zstd(byte[] text, int length) throws IOException {
    byte[] frame = new byte[Math.toIntExact(Zstd.compressBound(length))];
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      // With a checksum, so that everybody's "zstd -t" finds damage, too.
      context.setLevel(ZSTD_LEVEL).setChecksum(true);
      int size = context.compressByteArray(frame, 0, frame.length, text, 0, length);
      return Arrays.copyOf(frame, size);
    } catch (ZstdException e) {
      throw new IOException("zstd: " + e.getMessage(), e);
    }
  }

  private static byte[] gzip(byte[] text, int length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length / 2 + 64);
    try (GZIPOutputStream gzip = new Fast(out)) {
      gzip.write(text, 0, length);
    }
    return out.toByteArray();
  }

  /** The usual level costs several times the time and saves little of such text. */
  private static final class Fast extends GZIPOutputStream {
    Fast(ByteArrayOutputStream out) throws IOException {
      super(out, DumpFormat.CHUNK);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
