package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.ocmcore.cache.adapter.file.Segment.BlockLine;
import org.ocmcore.cache.adapter.file.Segment.Kind;

/** Reads the segments of a compressed dump, each of which is a frame. */
final class FramedSegmentReader extends SegmentReader {
  private final DumpCompression compression;
  private final FrameDecoder decoder;

  FramedSegmentReader(FileChannel channel, DumpCompression compression) throws IOException {
    super(channel);
    this.compression = compression;
    this.decoder = FrameDecoder.of(compression);
  }

  @Override
  Segment next() throws IOException {
    if (at == limit && !fill()) {
      return null;
    }
    long from = fileOffset(at);
    String reason = "no frame begins here";
    boolean first = true;
    while (available(compression.magicLength())) {
      if (compression.startsFrame(buffer, at) && at + compression.magicLength() <= limit) {
        FrameDecoder.Result frame = decode();
        if (frame.isWhole()) {
          return first ? segment(frame, from) : Segment.damage(from, fileOffset(at), reason);
        }
        if (first) {
          reason = frame.reason();
        }
      }
      first = false;
      at++;
    }
    at = limit;
    return Segment.damage(from, fileOffset(at), reason);
  }

  /** Whether so many bytes follow from {@link #at} on; reads them if necessary. */
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
      if (!frame.isIncomplete()
          || limit - at > DumpFormat.MAX_SEGMENT + DumpFormat.BLOCK
          || !fillMuch()) {
        return frame;
      }
    }
  }

  /** Reads much at once, since each attempt decodes the frame from its beginning. */
  private boolean fillMuch() throws IOException {
    int most = DumpFormat.MAX_SEGMENT + DumpFormat.BLOCK + 1 - (limit - at);
    int wanted = Math.min(most, Math.max(DumpFormat.BLOCK, limit - at));
    int before = limit - at;
    while (limit - at < before + wanted && fill()) {}
    return limit - at > before;
  }

  private Segment segment(FrameDecoder.Result frame, long from) {
    at += frame.frameLength();
    byte[] text = frame.text();
    int length = frame.textLength();
    long to = fileOffset(at);
    if (TextScan.startsWith(text, 0, length, DumpFormat.HEADER_START)) {
      return new Segment(Kind.HEADER, text, 0, length, from, to, "");
    }
    if (TextScan.startsWith(text, 0, length, DumpFormat.ACCOUNT_START)) {
      return new Segment(Kind.END, text, 0, length, from, to, "");
    }
    int line = length == 0 ? 0 : Segment.lastLine(text, 0, length);
    Optional<BlockLine> closing = BlockLine.parse(text, line, length);
    return closing.isPresent() && closing.get().matches(text, 0, line, length)
        ? new Segment(Kind.BLOCK, text, 0, length, from, to, "")
        : Segment.damage(from, to, "its checksum is another");
  }
}
