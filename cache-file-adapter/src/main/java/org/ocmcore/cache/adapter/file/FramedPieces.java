package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.ocmcore.cache.adapter.file.Piece.BlockLine;
import org.ocmcore.cache.adapter.file.Piece.Sort;

/** The pieces of a dump that is compressed, each of which is a frame. */
final class FramedPieces extends Pieces {
  private final Compression compression;
  private final FrameDecoder decoder;

  FramedPieces(FileChannel channel, Compression compression) throws IOException {
    super(channel);
    this.compression = compression;
    this.decoder = FrameDecoder.of(compression);
  }

  @Override
  Piece next() throws IOException {
    if (at == limit && !fill()) {
      return null;
    }
    long from = fileAt(at);
    String reason = "no frame begins here";
    boolean first = true;
    while (available(compression.magicLength())) {
      if (compression.begins(buffer, at) && at + compression.magicLength() <= limit) {
        FrameDecoder.Result frame = decode();
        if (frame.isWhole()) {
          return first ? piece(frame, from) : Piece.damage(from, fileAt(at), reason);
        }
        if (first) {
          reason = frame.reason();
        }
      }
      first = false;
      at++;
    }
    at = limit;
    return Piece.damage(from, fileAt(at), reason);
  }

  /** Whether so many bytes are there from {@link #at} on, which may be read first. */
  private boolean available(int count) throws IOException {
    while (limit - at < count) {
      if (!fill()) {
        return false;
      }
    }
    return true;
  }

  private FrameDecoder.Result decode() throws IOException {
    while (true) {
      FrameDecoder.Result frame = decoder.decode(buffer, at, limit);
      if (!frame.needsMore()
          || limit - at > DumpFormat.MAX_PART + DumpFormat.BLOCK
          || !fillMuch()) {
        return frame;
      }
    }
  }

  /** Frames are decoded from their beginning each time, so it is worth to get some more. */
  private boolean fillMuch() throws IOException {
    int wanted = Math.max(DumpFormat.BLOCK, limit - at);
    int before = limit - at;
    while (limit - at < before + wanted && fill()) {}
    return limit - at > before;
  }

  private Piece piece(FrameDecoder.Result frame, long from) {
    at += frame.frameLength();
    byte[] text = frame.text();
    int length = frame.textLength();
    long to = fileAt(at);
    if (Piece.begins(text, 0, length, DumpFormat.HEADER_START)) {
      return new Piece(Sort.HEADER, text, 0, length, from, to, "");
    }
    if (Piece.begins(text, 0, length, DumpFormat.ACCOUNT_START)) {
      return new Piece(Sort.END, text, 0, length, from, to, "");
    }
    int line = length == 0 ? 0 : Piece.lastLine(text, 0, length);
    Optional<BlockLine> closing = BlockLine.read(text, line, length);
    return closing.isPresent() && closing.get().closes(text, 0, line, length)
        ? new Piece(Sort.BLOCK, text, 0, length, from, to, "")
        : Piece.damage(from, to, "its checksum is another");
  }
}
