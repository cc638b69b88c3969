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

  /** Decodes the frame that begins at {@code from}; its text is valid until the next. */
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
        return decodeOrFail(bytes, from, to);
      } catch (ZstdException e) {
        return e.getErrorCode() == Zstd.errSrcSizeWrong()
            ? Result.MORE
            : Result.broken("a frame is damaged");
      }
    }

    private static Result decodeOrFail(byte[] bytes, int from, int to) {
      int frameLength = Math.toIntExact(Zstd.findFrameCompressedSize(bytes, from, to - from));
      long textLength = Zstd.getFrameContentSize(bytes, from, to - from);
      if (textLength < 0) {
        return Result.broken("a frame does not say how long it is");
      }
      if (textLength > DumpFormat.MAX_PART) {
        return Result.broken("a frame is longer than a block can be");
      }
      byte[] text = new byte[(int) textLength];
      long decoded = Zstd.decompressByteArray(text, 0, text.length, bytes, from, frameLength);
      return decoded == textLength
          ? new Result(text, text.length, frameLength, "")
          : Result.broken("a frame is damaged");
    }
  }

  /** By gzip's (RFC 1952), for members without optional fields, as Java writes them. */
  final class OfGzip implements FrameDecoder {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;

    /** Is used again, since rubbish may look like the beginning of very many frames. */
    private byte[] text = new byte[DumpFormat.CHUNK];

    @Override
    public Result decode(byte[] bytes, int from, int to) {
      if (to - from < HEADER) {
        return Result.MORE;
      }
      Inflater inflater = new Inflater(true);
      try {
        inflater.setInput(bytes, from + HEADER, to - from - HEADER);
        if (text.length > 4 * DumpFormat.BLOCK) {
          text = new byte[DumpFormat.CHUNK];
        }
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
            : checked(length, ByteBuffer.wrap(bytes, from + end, TRAILER), end + TRAILER);
      } catch (DataFormatException e) {
        return Result.broken("a frame is damaged");
      } finally {
        inflater.end();
      }
    }

    private Result checked(int length, ByteBuffer trailer, int frameLength) {
      CRC32 crc = new CRC32();
      crc.update(text, 0, length);
      trailer.order(ByteOrder.LITTLE_ENDIAN);
      return trailer.getInt() == (int) crc.getValue() && trailer.getInt() == length
          ? new Result(text, length, frameLength, "")
          : Result.broken("a frame is damaged");
    }
  }
}
