package org.ocmcore.cache.adapter.file;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decodes single frames of bounded length. For one thread. */
interface FrameDecoder {
  /** The decoder of a compression with frames. */
  static FrameDecoder of(DumpCompression compression) {
    return compression == DumpCompression.ZSTD ? new ZstdFrameDecoder() : new GzipFrameDecoder();
  }

  /** Decodes the frame that begins at {@code from}. The text is valid until the next call. */
  Result decode(byte[] bytes, int from, int to) throws IOException;

  /**
   * The result of decoding.
   *
   * @param text null unless the frame is whole
   * @param frameLength the number of compressed bytes of a whole frame
   * @param reason why there is no whole frame; empty if there is one
   */
  record Result(byte[] text, int textLength, int frameLength, String reason) {
    static final Result INCOMPLETE = new Result(null, 0, 0, "a frame is cut off");

    static Result broken(String reason) {
      return new Result(null, 0, 0, reason);
    }

    boolean isWhole() {
      return text != null;
    }

    boolean isIncomplete() {
      return this == INCOMPLETE;
    }
  }

  /** Decodes zstd (RFC 8878). */
  final class ZstdFrameDecoder implements FrameDecoder {
    @Override
    public Result decode(byte[] bytes, int from, int to) throws IOException {
      try {
        return decodeOrFail(bytes, from, to);
      } catch (ZstdException e) {
        return e.getErrorCode() == Zstd.errSrcSizeWrong()
            ? Result.INCOMPLETE
            : Result.broken("a frame is damaged");
      } catch (LinkageError e) {
        throw DumpCompression.zstdUnavailable(e);
      }
    }

    private static Result decodeOrFail(byte[] bytes, int from, int to) {
      int frameLength = Math.toIntExact(Zstd.findFrameCompressedSize(bytes, from, to - from));
      long textLength = Zstd.getFrameContentSize(bytes, from, to - from);
      if (textLength < 0) {
        return Result.broken("a frame does not say how long it is");
      }
      if (textLength > DumpFormat.MAX_SEGMENT) {
        return Result.broken("a frame is longer than a block can be");
      }
      byte[] text = new byte[(int) textLength];
      long decoded = Zstd.decompressByteArray(text, 0, text.length, bytes, from, frameLength);
      return decoded == textLength
          ? new Result(text, text.length, frameLength, "")
          : Result.broken("a frame is damaged");
    }
  }

  /** Decodes gzip (RFC 1952) without optional header fields, as Java writes it. */
  final class GzipFrameDecoder implements FrameDecoder {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;

    /** Reused, since random bytes may look like the beginnings of very many frames. */
    private byte[] text = new byte[DumpFormat.CHUNK];

    @Override
    public Result decode(byte[] bytes, int from, int to) {
      if (to - from < HEADER) {
        return Result.INCOMPLETE;
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
            if (length > DumpFormat.MAX_SEGMENT) {
              return Result.broken("a frame is longer than a block can be");
            }
            text = Arrays.copyOf(text, Math.min(2 * length, DumpFormat.MAX_SEGMENT + 1));
          }
          int count = inflater.inflate(text, length, text.length - length);
          length += count;
          if (count == 0 && inflater.needsDictionary()) {
            return Result.broken("a frame is damaged");
          }
          if (count == 0 && inflater.needsInput()) {
            return Result.INCOMPLETE;
          }
        }
        int end = HEADER + Math.toIntExact(inflater.getBytesRead());
        return end + TRAILER > to - from
            ? Result.INCOMPLETE
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
