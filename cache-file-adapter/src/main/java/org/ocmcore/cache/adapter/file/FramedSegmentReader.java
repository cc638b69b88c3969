package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.ocmcore.cache.adapter.file.Segment.BlockLine;
import org.ocmcore.cache.adapter.file.Segment.Sort;

/** The pieces of a dump that is compressed, each of which is a frame. */
final class FramedSegmentReader extends SegmentReader {
  private final Compression compression;
  private final FrameDecoder decoder;

  FramedSegmentReader(FileChannel channel, Compression compression) throws IOException {
    super(channel);
    this.compression = compression;
    this.decoder = FrameDecoder.of(compression);
  }

  @Override
  Segment next() throws IOException {
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
          return first ? piece(frame, from) : Segment.damage(from, fileAt(at), reason);
        }
        if (first) {
          reason = frame.reason();
        }
      }
      first = false;
      at++;
    }
    at = limit;
    return Segment.damage(from, fileAt(at), reason);
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

  private Segment piece(FrameDecoder.Result frame, long from) {
    at += frame.frameLength();
    byte[] text = frame.text();
    int length = frame.textLength();
    long to = fileAt(at);
    if (Segment.begins(text, 0, length, DumpFormat.HEADER_START)) {
      return new Segment(Sort.HEADER, text, 0, length, from, to, "");
    }
    if (Segment.begins(text, 0, length, DumpFormat.ACCOUNT_START)) {
      return new Segment(Sort.END, text, 0, length, from, to, "");
    }
    int line = length == 0 ? 0 : Segment.lastLine(text, 0, length);
    Optional<BlockLine> closing = BlockLine.read(text, line, length);
    return closing.isPresent() && closing.get().closes(text, 0, line, length)
        ? new Segment(Sort.BLOCK, text, 0, length, from, to, "")
        : Segment.damage(from, to, "its checksum is another");
  }
}
