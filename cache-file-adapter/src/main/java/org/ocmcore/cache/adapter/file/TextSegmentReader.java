package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Optional;
import org.ocmcore.cache.adapter.file.Segment.BlockLine;
import org.ocmcore.cache.adapter.file.Segment.Sort;

/**
 * The pieces of a dump that is not compressed. A block is found by its last line: if that says how
 * many bytes belong to it and their checksum holds, it is intact, whatever stands before.
 */
final class TextSegmentReader extends SegmentReader {
  private static final String NO_BLOCK = "no block ends here";

  /** Instead of the end of a line: the file ends before. */
  private static final int NONE = -1;

  /** Instead of the end of a line: no part of a dump is so long. */
  private static final int TOO_FAR = -2;

  private final ArrayDeque<Segment> found = new ArrayDeque<>();
  private boolean ended;

  /** Why what is gathered is no piece so far. */
  private String why = NO_BLOCK;

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

  /** Goes line by line until a piece is complete, or what is gathered cannot become one. */
  private void find() throws IOException {
    int line = 0;
    while (true) {
      int end = lineEnd(line);
      if (end == NONE) {
        ended = true;
        if (limit > at) {
          damage(at, limit, "it is cut off");
        }
        return;
      }
      if (end == TOO_FAR || end - at > DumpFormat.MAX_PART) {
        int to = end == TOO_FAR ? limit : end;
        damage(at, to, why);
        at = to;
        return;
      }
      int start = at + line;
      if (Segment.begins(buffer, start, end, DumpFormat.HEADER_START) && isHeader(start, end)) {
        take(Sort.HEADER, start, end);
        return;
      }
      if (Segment.begins(buffer, start, end, DumpFormat.BLOCK_START) && takesBlock(start, end)) {
        return;
      }
      if (Segment.begins(buffer, start, end, DumpFormat.ACCOUNT_START)) {
        account(line, end - at);
        return;
      }
      if (Segment.begins(buffer, start, end, DumpFormat.TRAILER_START)) {
        take(Sort.END, start, end);
        return;
      }
      line = end - at;
    }
  }

  /** The end of the line that begins so far behind {@link #at}, or what hinders. */
  private int lineEnd(int line) throws IOException {
    int scanned = line;
    while (true) {
      for (int i = at + scanned; i < limit; i++) {
        if (buffer[i] == '\n') {
          return i + 1;
        }
      }
      scanned = limit - at;
      if (scanned > DumpFormat.MAX_PART) {
        return TOO_FAR;
      }
      if (!fill()) {
        return NONE;
      }
    }
  }

  private boolean isHeader(int start, int end) throws CorruptDumpException {
    try {
      HeaderLine.read(buffer, start, end);
      return true;
    } catch (CorruptDumpException e) {
      if (e.isThroughout()) {
        throw e;
      }
      why = e.getMessage();
      return false;
    }
  }

  /** Takes the block that ends here, unless it is damaged: the next may begin in this line. */
  private boolean takesBlock(int start, int end) {
    Optional<BlockLine> line = BlockLine.read(buffer, start, end);
    int begin = line.map(read -> start - read.bytes()).orElse(-1);
    if (line.isPresent() && begin >= at && line.get().closes(buffer, begin, start, end)) {
      take(Sort.BLOCK, begin, end);
      return true;
    }
    why = line.isPresent()
        ? "block %d: its checksum is another".formatted(line.get().number())
        : "a block ends here, but not as one does";
    return false;
  }

  /** The account, with the trailer if that follows; both so far behind {@link #at}. */
  private void account(int from, int to) throws IOException {
    int end = lineEnd(to);
    boolean closed = end > 0 && Segment.begins(buffer, at + to, end, DumpFormat.TRAILER_START);
    take(Sort.END, at + from, closed ? end : at + to);
  }

  private void take(Sort sort, int from, int to) {
    if (from > at) {
      damage(at, from, why);
    }
    found.add(new Segment(sort, buffer, from, to, fileAt(from), fileAt(to), ""));
    at = to;
    why = NO_BLOCK;
  }

  private void damage(int from, int to, String reason) {
    found.add(Segment.damage(fileAt(from), fileAt(to), reason));
    why = NO_BLOCK;
  }
}
