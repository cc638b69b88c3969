package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Optional;
import org.ocmcore.cache.adapter.file.Piece.BlockLine;
import org.ocmcore.cache.adapter.file.Piece.Sort;

/**
 * The pieces of a dump that is not compressed. A block is found by its last line: if that says how
 * many bytes belong to it and their checksum holds, it is intact, whatever stands before.
 */
final class TextPieces extends Pieces {
  private final ArrayDeque<Piece> found = new ArrayDeque<>();
  private boolean begun;
  private boolean ended;

  TextPieces(FileChannel channel) throws IOException {
    super(channel);
  }

  @Override
  Piece next() throws IOException {
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
      if (end < 0) {
        ended = true;
        if (limit > at) {
          damage(at, limit, "it is cut off");
        }
        return;
      }
      int start = at + line;
      if (end - at > DumpFormat.MAX_PART) {
        damage(at, end, "no block ends here");
        at = end;
        return;
      }
      if (!begun && Piece.begins(buffer, start, end, DumpFormat.HEADER_START)) {
        take(Sort.HEADER, start, end);
        return;
      }
      begun = true;
      if (Piece.begins(buffer, start, end, DumpFormat.BLOCK_START)) {
        block(start, end);
        return;
      }
      if (Piece.begins(buffer, start, end, DumpFormat.ACCOUNT_START)
          || Piece.begins(buffer, start, end, DumpFormat.TRAILER_START)) {
        end(start);
        return;
      }
      line = end - at;
    }
  }

  /** The end of the line that begins so far behind {@link #at}; -1 if there is no whole line. */
  private int lineEnd(int line) throws IOException {
    int scanned = line;
    while (true) {
      for (int i = at + scanned; i < limit; i++) {
        if (buffer[i] == '\n') {
          return i + 1;
        }
      }
      scanned = limit - at;
      if (scanned > DumpFormat.MAX_PART + DumpFormat.CHUNK) {
        damage(at, limit, "no line ends here");
        at = limit;
        scanned = 0;
      }
      if (!fill()) {
        return -1;
      }
    }
  }

  private void block(int start, int end) {
    Optional<BlockLine> line = BlockLine.read(buffer, start, end);
    int begin = line.map(read -> start - read.bytes()).orElse(-1);
    if (line.isEmpty() || begin < at || !line.get().closes(buffer, begin, start)) {
      damage(
          at,
          end,
          line.isEmpty()
              ? "a block ends here, but not as one does"
              : "the checksum of block " + line.get().number() + " is another");
      at = end;
      return;
    }
    take(Sort.BLOCK, begin, end);
  }

  /** Account and trailer go to the end of the file. */
  private void end(int start) throws IOException {
    int offset = start - at;
    while (limit - at <= DumpFormat.MAX_PART && fill()) {}
    if (limit - at > DumpFormat.MAX_PART) {
      damage(at, limit, "much follows where it should end");
      at = limit;
      return;
    }
    take(Sort.END, at + offset, limit);
    ended = true;
  }

  private void take(Sort sort, int from, int to) {
    begun = true;
    if (from > at) {
      damage(at, from, "no block ends here");
    }
    found.add(new Piece(sort, buffer, from, to, fileAt(from), fileAt(to), ""));
    at = to;
  }

  private void damage(int from, int to, String reason) {
    found.add(Piece.damage(fileAt(from), fileAt(to), reason));
  }
}
