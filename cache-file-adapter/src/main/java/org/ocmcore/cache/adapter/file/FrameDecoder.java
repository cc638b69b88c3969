package org.ocmcore.cache.adapter.file;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Takes single frames out of compressed bytes, each of bounded length. For one thread. */
interface FrameDecoder {
  /** That of a compression, which is one. */
  static FrameDecoder of(Compression compression) {
    return compression == Compression.ZSTD ? new OfZstd() : new OfGzip();
  }

  /** Decodes the frame that begins at {@code from}. */
  Result decode(byte[] bytes, int from, int to);

  /**
   * What came of it.
   *
   * @param frameLength how many bytes the frame takes, if it is whole
   * @param reason why it is none; empty if it is whole or only lacks its end
   */
  record Result(byte[] text, int textLength, int frameLength, String reason) {
    static final Result MORE = new Result(null, 0, 0, "a frame is cut off");

    static Result broken(String reason) {
      return new Result(null, 0, 0, reason);
    }

    boolean isWhole() {
      return text != null;
    }

    boolean needsMore() {
      return this == MORE;
    }
  }

  /** By zstd's own format (RFC 8878). */
  final class OfZstd implements FrameDecoder {
    @Override
    public Result decode(byte[] bytes, int from, int to) {
      try {
        int frameLength = (int) Zstd.findFrameCompressedSize(bytes, from, to - from);
        long textLength = Zstd.getFrameContentSize(bytes, from, frameLength);
        if (textLength < 0) {
          return Result.broken("a frame does not say how long it is");
        }
        if (textLength > DumpFormat.MAX_PART) {
          return Result.broken("a frame is longer than a block can be");
        }
        byte[] text = new byte[(int) textLength];
        long decoded = Zstd.decompressByteArray(text, 0, text.length, bytes, from, frameLength);
        return Zstd.isError(decoded) || decoded != textLength
            ? Result.broken("a frame is damaged")
            : new Result(text, text.length, frameLength, "");
      } catch (ZstdException e) {
        return e.getErrorCode() == Zstd.errSrcSizeWrong()
            ? Result.MORE
            : Result.broken("a frame is damaged");
      }
    }
  }

  /** By gzip's (RFC 1952), for members without optional fields, as Java writes them. */
  final class OfGzip implements FrameDecoder {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;

    @Override
    public Result decode(byte[] bytes, int from, int to) {
      if (to - from < HEADER) {
        return Result.MORE;
      }
      Inflater inflater = new Inflater(true);
      try {
        inflater.setInput(bytes, from + HEADER, to - from - HEADER);
        byte[] text = new byte[2 * DumpFormat.BLOCK];
        int length = 0;
        while (!inflater.finished()) {
          if (length == text.length) {
            if (length > DumpFormat.MAX_PART) {
              return Result.broken("a frame is longer than a block can be");
            }
            text = Arrays.copyOf(text, 2 * length);
          }
          int count = inflater.inflate(text, length, text.length - length);
          length += count;
          if (count == 0 && inflater.needsDictionary()) {
            return Result.broken("a frame is damaged");
          }
          if (count == 0 && inflater.needsInput()) {
            return Result.MORE;
          }
        }
        int end = HEADER + Math.toIntExact(inflater.getBytesRead());
        return end + TRAILER > to - from
            ? Result.MORE
            : checked(text, length, ByteBuffer.wrap(bytes, from + end, TRAILER), end + TRAILER);
      } catch (DataFormatException e) {
        return Result.broken("a frame is damaged");
      } finally {
        inflater.end();
      }
    }

    private static Result checked(byte[] text, int length, ByteBuffer trailer, int frameLength) {
      CRC32 crc = new CRC32();
      crc.update(text, 0, length);
      trailer.order(ByteOrder.LITTLE_ENDIAN);
      return trailer.getInt() == (int) crc.getValue() && trailer.getInt() == length
          ? new Result(text, length, frameLength, "")
          : Result.broken("a frame is damaged");
    }
  }
}
