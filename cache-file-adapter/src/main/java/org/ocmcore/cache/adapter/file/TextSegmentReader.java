package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Optional;
import org.ocmcore.cache.adapter.file.Segment.BlockLine;
import org.ocmcore.cache.adapter.file.Segment.Kind;

/**
 * Reads the segments of an uncompressed dump. A block is found by its last line: if the length and
 * the checksum in that line fit the bytes before it, the block is intact.
 */
final class TextSegmentReader extends SegmentReader {
  private static final String NO_BLOCK = "no block ends here";

  /** In place of a line end: the file ends first. */
  private static final int NONE = -1;

  /** In place of a line end: the line is longer than any segment. */
  private static final int TOO_LONG = -2;

  private final ArrayDeque<Segment> found = new ArrayDeque<>();
  private boolean ended;

  /** Why the lines so far are no segment. */
  private String damageReason = NO_BLOCK;

  TextSegmentReader(FileChannel channel) throws IOException {
    super(channel);
  }

  @Override
  Segment next() throws IOException {
    if (found.isEmpty() && !ended) {
      find();
    }
    return found.poll();
  }

  /** A long line is measured first, so that the buffer grows once. */
  @Override
  int enlarged() throws IOException {
    int line = unreadLine(DumpFormat.MAX_SEGMENT - Math.min(limit, DumpFormat.MAX_SEGMENT));
    return line > limit / 2 ? limit + line + DumpFormat.CHUNK : super.enlarged();
  }

  /** Scans lines until a segment is complete or can no longer become one. */
  private void find() throws IOException {
    int line = 0;
    while (true) {
      int end = lineEnd(line);
      if (end == NONE) {
        ended = true;
        if (limit > at) {
          addDamage(at, limit, "it is cut off");
        }
        return;
      }
      if (end == TOO_LONG || end - at > DumpFormat.MAX_SEGMENT) {
        int to = end == TOO_LONG ? limit : end;
        addDamage(at, to, damageReason);
        at = to;
        return;
      }
      int start = at + line;
      if (TextScan.startsWith(buffer, start, end, EntryEncoder.KEY)) {
        // Most lines are entries.
        line = end - at;
        continue;
      }
      if (TextScan.startsWith(buffer, start, end, DumpFormat.HEADER_START)
          && isHeader(start, end)) {
        take(Kind.HEADER, start, end);
        return;
      }
      if (TextScan.startsWith(buffer, start, end, DumpFormat.BLOCK_START)
          && takeBlock(start, end)) {
        return;
      }
      if (TextScan.startsWith(buffer, start, end, DumpFormat.ACCOUNT_START)) {
        account(line, end - at);
        return;
      }
      if (TextScan.startsWith(buffer, start, end, DumpFormat.TRAILER_START)) {
        take(Kind.END, start, end);
        return;
      }
      line = end - at;
    }
  }

  /**
   * The index behind a line, {@link #NONE} or {@link #TOO_LONG}.
   *
   * @param line where the line begins, relative to {@link #at}
   */
  private int lineEnd(int line) throws IOException {
    int scanned = line;
    while (true) {
      int feed = TextScan.lineEnd(buffer, at + scanned, limit);
      if (feed != TextScan.NONE) {
        return feed + 1;
      }
      scanned = limit - at;
      if (scanned > DumpFormat.MAX_SEGMENT) {
        return TOO_LONG;
      }
      if (!fill()) {
        return NONE;
      }
    }
  }

  private boolean isHeader(int start, int end) throws CorruptDumpException {
    try {
      HeaderLine.parse(buffer, start, end);
      return true;
    } catch (CorruptDumpException e) {
      if (e.coversWholeFile()) {
        throw e;
      }
      damageReason = e.getMessage();
      return false;
    }
  }

  /** Takes the block that ends with this line; returns false if it is damaged. */
  private boolean takeBlock(int start, int end) {
    Optional<BlockLine> line = BlockLine.parse(buffer, start, end);
    int begin = line.map(read -> start - read.bytes()).orElse(-1);
    if (line.isPresent() && begin >= at && line.get().matches(buffer, begin, start, end)) {
      take(Kind.BLOCK, begin, end);
      return true;
    }
    damageReason = line.isPresent()
        ? "block %d: its checksum is another".formatted(line.get().number())
        : "a block ends here, but not as one does";
    return false;
  }

  /** Takes the account, with the trailer if that follows; positions are relative to {@link #at}. */
  private void account(int from, int to) throws IOException {
    int end = lineEnd(to);
    boolean closed = end > 0 && TextScan.startsWith(buffer, at + to, end, DumpFormat.TRAILER_START);
    take(Kind.END, at + from, closed ? end : at + to);
  }

  private void take(Kind kind, int from, int to) {
    if (from > at) {
      addDamage(at, from, damageReason);
    }
    found.add(new Segment(kind, buffer, from, to, fileOffset(from), fileOffset(to), ""));
    at = to;
    damageReason = NO_BLOCK;
  }

  private void addDamage(int from, int to, String reason) {
    found.add(Segment.damage(fileOffset(from), fileOffset(to), reason));
    damageReason = NO_BLOCK;
  }
}
