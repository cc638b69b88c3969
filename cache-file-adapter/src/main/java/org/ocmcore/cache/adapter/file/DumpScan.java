package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ocmcore.cache.adapter.file.Segment.BlockLine;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpEntry;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.ServerAccount;

/**
 * Reads a dump from its beginning, block by block, and checks all of it on the way. Blocks that are
 * damaged are passed over and noted. For one thread.
 */
final class DumpScan {
  /** No dump has more blocks that are numbered one by one. */
  private static final int MAX_BLOCKS = 100_000_000;

  /** So many damages are told one by one. */
  private static final int MAX_DAMAGES = 1_000;

  /** How a reason begins that names a block. */
  private static final Pattern NAMED = Pattern.compile("^block (\\d{1,9}): ");

  private final SegmentReader pieces;
  private final boolean parsing;
  private final MessageDigest digest = DumpFormat.sha256();
  private final List<DumpDamage> damages = new ArrayList<>();
  private final BitSet blocks = new BitSet();

  /** Which damages are places before an intact block that may be anything. */
  private final BitSet unknown = new BitSet();

  /** Which are such places behind the last intact block. */
  private final BitSet behind = new BitSet();

  private Optional<DumpHeader> header = Optional.empty();
  private Optional<DumpAccount> account = Optional.empty();
  private String sha256 = "";
  private long entries;
  private long textBytes;
  private long end;
  private boolean sawEnd;

  /**
   * @param parsing whether entries are read; if not, they are only checked by their checksums
   * @throws CorruptDumpException if it is nothing that could be a dump; says what it may be
   */
  DumpScan(FileChannel channel, boolean parsing) throws IOException {
    this.parsing = parsing;
    DumpDetector.requireOurs(channel);
    pieces = SegmentReader.of(channel);
  }

  /** Checks a whole file; what the checkpoint throws, which is run for each block, ends that. */
  static DumpSummary check(
      FileChannel channel, boolean parsing, Instant modified, Runnable checkpoint)
      throws IOException {
    try {
      DumpScan scan = new DumpScan(channel, parsing);
      do {
        checkpoint.run();
      } while (scan.nextBlock() != null);
      return scan.summary(modified);
    } catch (CorruptDumpException e) {
      return DumpSummary.unreadable(modified, channel.size(), e.getMessage());
    }
  }

  /**
   * The entries of the next block that is intact, none of them if they are not parsed; null at the
   * end of the file, when {@link #summary} tells all.
   */
  List<DumpEntry> nextBlock() throws IOException {
    for (Segment piece = pieces.next(); piece != null; piece = pieces.next()) {
      end = piece.fileTo();
      switch (piece.sort()) {
        case DAMAGE -> {
          damage(piece, piece.reason());
          behind.set(damages.size() - 1);
        }
        case HEADER -> header(piece);
        case END -> end(piece);
        case BLOCK -> {
          Optional<List<DumpEntry>> read = block(piece);
          if (read.isPresent()) {
            return read.get();
          }
        }
      }
    }
    return null;
  }

  private void header(Segment piece) throws CorruptDumpException {
    if (header.isPresent()) {
      damage(piece, "it begins a second time");
      return;
    }
    try {
      header = Optional.of(HeaderLine.read(piece.text(), piece.from(), piece.to()));
      digest(piece, piece.to());
    } catch (CorruptDumpException e) {
      if (e.isThroughout()) {
        throw e;
      }
      damage(piece, e.getMessage());
    }
  }

  private Optional<List<DumpEntry>> block(Segment piece) {
    int line = Segment.lastLine(piece.text(), piece.from(), piece.to());
    BlockLine closing = BlockLine.read(piece.text(), line, piece.to()).orElseThrow();
    if (closing.number() > MAX_BLOCKS) {
      damage(piece, "a block has the number " + closing.number());
      return Optional.empty();
    }
    if (blocks.get((int) closing.number())) {
      damage(piece, "block %d comes a second time".formatted(closing.number()));
      return Optional.empty();
    }
    try {
      List<DumpEntry> read = parsing ? parsed(piece, line, closing) : List.of();
      blocks.set((int) closing.number());
      unknown.or(behind);
      behind.clear();
      entries += closing.entries();
      digest(piece, piece.to());
      if (sawEnd) {
        damage(piece, "block %d stands behind the end".formatted(closing.number()));
      }
      return Optional.of(read);
    } catch (CorruptDumpException e) {
      damage(piece, "block %d: %s".formatted(closing.number(), e.getMessage()));
      return Optional.empty();
    }
  }

  private static List<DumpEntry> parsed(Segment piece, int end, BlockLine closing)
      throws CorruptDumpException {
    List<DumpEntry> read = new ArrayList<>(Math.min(closing.entries(), 64 * 1024));
    byte[] text = piece.text();
    for (int from = piece.from(); from < end; ) {
      int to = from;
      while (text[to] != '\n') {
        to++;
      }
      read.add(EntryLine.read(text, from, to, read.size() + 1));
      from = to + 1;
    }
    if (read.size() != closing.entries()) {
      throw new CorruptDumpException(
          "it says that it has %d entries, and has %d".formatted(closing.entries(), read.size()));
    }
    return read;
  }

  private void end(Segment piece) {
    Footer lines = Footer.read(piece.text(), piece.from(), piece.to());
    if (lines.account().isPresent()) {
      account = lines.account();
    }
    if (sawEnd) {
      damage(piece, "it ends a second time");
      return;
    }
    sawEnd = true;
    digest(piece, lines.trailerFrom());
    sha256 = HexFormat.of().formatHex(digest.digest());
    if (damages.isEmpty() && missingBlocks().isEmpty()) {
      byte[] trailer = DumpFormat.trailer(entries, textBytes, sha256);
      if (lines.account().isEmpty()) {
        damage(piece, "its account cannot be read");
      } else if (lines.account().get().sum(ServerAccount::written) != entries) {
        damage(
            piece,
            "its account tells of %d entries, and it has %d"
                .formatted(lines.account().get().sum(ServerAccount::written), entries));
      } else if (!Arrays.equals(
          trailer, 0, trailer.length, piece.text(), lines.trailerFrom(), piece.to())) {
        damage(
            piece,
            "its last line should be %s, and is not"
                .formatted(new String(trailer, StandardCharsets.US_ASCII).strip()));
      }
    }
  }

  private void digest(Segment piece, int to) {
    digest.update(piece.text(), piece.from(), to - piece.from());
    textBytes += to - piece.from();
  }

  private void damage(Segment piece, String reason) {
    int last = damages.size() - 1;
    boolean many = damages.size() == MAX_DAMAGES;
    if (last >= 0
        && (many
            || damages.get(last).reason().equals(reason)
                && damages.get(last).to() == piece.fileFrom())) {
      damages.set(
          last,
          new DumpDamage(
              damages.get(last).from(), piece.fileTo(), many ? "more is damaged" : reason));
    } else {
      damages.add(new DumpDamage(piece.fileFrom(), piece.fileTo(), reason));
    }
  }

  /** The numbers of the blocks that should be there and are not. */
  private BitSet missingBlocks() {
    BitSet missing = new BitSet();
    missing.set(1, Math.max(1, blocks.length()));
    missing.andNot(blocks);
    return missing;
  }

  /** Adds the blocks that are missing, unless the damages tell already which they are. */
  private void addMissing(List<DumpDamage> told) {
    BitSet missing = missingBlocks();
    for (DumpDamage damage : told) {
      Matcher named = NAMED.matcher(damage.reason());
      if (named.find()) {
        missing.clear(Integer.parseInt(named.group(1)));
      }
    }
    if (missing.cardinality() == 1
        && unknown.cardinality() == 1
        && header.isPresent()
        && told.size() < MAX_DAMAGES) {
      int place = unknown.nextSetBit(0);
      DumpDamage damage = told.get(place);
      String reason = NAMED.matcher(damage.reason()).replaceFirst("");
      told.set(
          place,
          new DumpDamage(
              damage.from(), damage.to(), "block %d: %s".formatted(missing.nextSetBit(0), reason)));
      missing.clear();
    }
    for (int from = missing.nextSetBit(0); from > 0; ) {
      int to = missing.nextClearBit(from);
      String which = from == to - 1 ? "block " + from : "blocks %d to %d".formatted(from, to - 1);
      told.add(new DumpDamage(end, end, which + ": missing"));
      from = missing.nextSetBit(to);
    }
  }

  /**
   * What was read, once {@link #nextBlock} has returned null.
   *
   * @param modified the file's time, for a dump that does not tell its own
   */
  DumpSummary summary(Instant modified) {
    if (header.isEmpty() && entries == 0 && !sawEnd) {
      return DumpSummary.unreadable(modified, end, "nothing in it is a part of a dump");
    }
    List<DumpDamage> all = new ArrayList<>(damages);
    addMissing(all);
    if (header.isEmpty()) {
      all.add(0, new DumpDamage(0, 0, "its first line is missing"));
    }
    if (!sawEnd) {
      all.add(new DumpDamage(end, end, "it is cut off: its last lines are missing"));
    }
    return new DumpSummary(
        header.orElseGet(() -> new DumpHeader(modified, List.of(), "")),
        entries,
        end,
        account,
        sha256,
        all);
  }
}
