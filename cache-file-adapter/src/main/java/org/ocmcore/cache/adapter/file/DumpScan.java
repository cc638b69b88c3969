package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ocmcore.cache.adapter.file.Segment.BlockLine;
import org.ocmcore.cache.domain.port.DumpAccount;
import org.ocmcore.cache.domain.port.DumpDamage;
import org.ocmcore.cache.domain.port.DumpHeader;
import org.ocmcore.cache.domain.port.ServerAccount;

/**
 * Reads a dump block by block and checks all of it. Damaged blocks are skipped and reported by
 * {@link #summary}. For one thread.
 */
final class DumpScan {
  /** The largest valid number of a block. */
  private static final int MAX_BLOCKS = 100_000_000;

  /** The last of so many damages stands for all further ones. */
  private static final int MAX_DAMAGES = 1_000;

  private static final String MORE = "more is damaged";

  /** The start of a reason that names a block. */
  private static final Pattern BLOCK_REASON = Pattern.compile("^block (\\d{1,9}): ");

  private static final int FIRST_BYTES = 16 * 1024;

  private final FileChannel channel;
  private final SegmentReader segments;
  private final boolean parsing;

  /** Present if the file was checked before. */
  private final Optional<String> knownSha256;

  private final TextDigest digest = new TextDigest();
  private final List<DumpDamage> damages = new ArrayList<>();
  private final BitSet blocks = new BitSet();

  /** Indexes of damages of unknown content with an intact block behind them. */
  private final BitSet unidentified = new BitSet();

  /** Indexes of damages of unknown content behind the last intact block. */
  private final BitSet afterLastBlock = new BitSet();

  private Optional<DumpHeader> header = Optional.empty();
  private Optional<DumpAccount> account = Optional.empty();
  private String sha256 = "";
  private long entries;
  private long textBytes;
  private long blockSums;
  private long end;
  private boolean sawEnd;

  private DumpScan(FileChannel channel, boolean parsing, Optional<String> knownSha256)
      throws IOException {
    this.channel = channel;
    this.parsing = parsing;
    this.knownSha256 = knownSha256;
    DumpDetector.requirePossibleDump(channel);
    segments = SegmentReader.of(channel);
  }

  /**
   * Reads a file that was checked before. The checksums of its blocks tell whether it still is what
   * it was: {@link #summary} equals the result of the check. Entries of a whole dump are not
   * checked again.
   *
   * @throws CorruptDumpException if the file cannot be a dump; says what it may be
   */
  static DumpScan again(FileChannel channel, CheckResult checked) throws IOException {
    return new DumpScan(channel, !checked.isWhole(), Optional.of(checked.sha256()));
  }

  /**
   * Checks a whole file.
   *
   * @param parsing whether entries are checked; if not, only checksums are checked
   * @param modified the time of the file, for a dump without a readable header
   * @param checkpoint runs before each block; its exceptions end the check and reach the caller
   */
  static CheckResult check(
      FileChannel channel, boolean parsing, Instant modified, Runnable checkpoint)
      throws IOException {
    try {
      DumpScan scan = new DumpScan(channel, parsing, Optional.empty());
      do {
        checkpoint.run();
      } while (scan.nextBlock() != null);
      return scan.summary(modified);
    } catch (CorruptDumpException e) {
      return CheckResult.unreadable(modified, channel.size(), e.getMessage());
    }
  }

  /**
   * The next intact block, or null at the end of the file. {@link #summary} is valid only after
   * null.
   */
  ScannedBlock nextBlock() throws IOException {
    for (Segment segment = nextSegment(); segment != null; segment = nextSegment()) {
      end = segment.fileTo();
      switch (segment.kind()) {
        case DAMAGE -> {
          addDamage(segment, segment.reason());
          afterLastBlock.set(damages.size() - 1);
        }
        case HEADER -> header(segment);
        case END -> end(segment);
        case BLOCK -> {
          Optional<ScannedBlock> read = block(segment);
          if (read.isPresent()) {
            return read.get();
          }
        }
      }
    }
    return null;
  }

  /** The next segment takes the memory of the text before. */
  private Segment nextSegment() throws IOException {
    digest.await();
    return segments.next();
  }

  private void header(Segment segment) throws CorruptDumpException {
    if (header.isPresent()) {
      addDamage(segment, "it begins a second time");
      return;
    }
    try {
      header = Optional.of(HeaderLine.parse(segment.text(), segment.from(), segment.to()));
      digest(segment, segment.to());
    } catch (CorruptDumpException e) {
      if (e.coversWholeFile()) {
        throw e;
      }
      addDamage(segment, e.getMessage());
    }
  }

  /**
   * An intact block.
   *
   * @param entries checked if they are parsed; valid until the next block
   * @param server where they come from; empty if the dump does not say it
   */
  record ScannedBlock(BlockEntries entries, Optional<String> server) {}

  private Optional<ScannedBlock> block(Segment segment) {
    int line = Segment.lastLine(segment.text(), segment.from(), segment.to());
    BlockLine closing = BlockLine.parse(segment.text(), line, segment.to()).orElseThrow();
    if (closing.number() > MAX_BLOCKS) {
      addDamage(segment, "a block has the number " + closing.number());
      return Optional.empty();
    }
    if (blocks.get((int) closing.number())) {
      addDamage(segment, "block %d comes a second time".formatted(closing.number()));
      return Optional.empty();
    }
    // While the lines are checked. The digest of a damaged dump does not matter.
    digest(segment, segment.to());
    try {
      if (parsing) {
        check(new BlockEntries(segment.text(), segment.from(), line), closing);
      }
      blocks.set((int) closing.number());
      unidentified.or(afterLastBlock);
      afterLastBlock.clear();
      entries += closing.entries();
      blockSums = CheckResult.withBlock(blockSums, closing.crc32c());
      if (sawEnd) {
        addDamage(segment, "block %d stands behind the end".formatted(closing.number()));
      }
      return Optional.of(new ScannedBlock(
          new BlockEntries(segment.text(), segment.from(), line), server(closing)));
    } catch (CorruptDumpException e) {
      addDamage(segment, "block %d: %s".formatted(closing.number(), e.getMessage()));
      return Optional.empty();
    }
  }

  /** A dump of a single server needs to say nothing. */
  private Optional<String> server(BlockLine closing) {
    List<String> servers = header.map(DumpHeader::servers).orElse(List.of());
    int index = closing.server().orElse(servers.size() == 1 ? 0 : servers.size());
    return index < servers.size() ? Optional.of(servers.get(index)) : Optional.empty();
  }

  private static void check(BlockEntries read, BlockLine closing) throws CorruptDumpException {
    int count = read.check();
    if (count != closing.entries()) {
      throw new CorruptDumpException(
          "it says that it has %d entries, and has %d".formatted(closing.entries(), count));
    }
  }

  private void end(Segment segment) {
    Footer lines = Footer.parse(segment.text(), segment.from(), segment.to());
    if (lines.account().isPresent()) {
      account = lines.account();
    }
    if (sawEnd) {
      addDamage(segment, "it ends a second time");
      return;
    }
    sawEnd = true;
    digest(segment, lines.trailerFrom());
    sha256 = knownSha256.orElseGet(digest::hex);
    if (damages.isEmpty() && missingBlocks().isEmpty()) {
      byte[] trailer = DumpFormat.trailer(entries, textBytes, sha256);
      if (lines.account().isEmpty()) {
        addDamage(segment, "its account cannot be read");
      } else if (lines.account().get().sum(ServerAccount::written) != entries) {
        addDamage(
            segment,
            "its account says %d entries, and it has %d"
                .formatted(lines.account().get().sum(ServerAccount::written), entries));
      } else if (!Arrays.equals(
          trailer, 0, trailer.length, segment.text(), lines.trailerFrom(), segment.to())) {
        addDamage(
            segment,
            "its last line should be %s, and is not"
                .formatted(new String(trailer, StandardCharsets.US_ASCII).strip()));
      }
    }
  }

  private void digest(Segment segment, int to) {
    if (knownSha256.isEmpty()) {
      digest.add(segment.text(), segment.from(), to);
    }
    textBytes += to - segment.from();
  }

  private void addDamage(Segment segment, String reason) {
    int last = damages.size() - 1;
    boolean many = damages.size() == MAX_DAMAGES;
    if (last >= 0
        && (many
            || damages.get(last).reason().equals(reason)
                && damages.get(last).to() == segment.fileFrom())) {
      damages.set(
          last, new DumpDamage(damages.get(last).from(), segment.fileTo(), many ? MORE : reason));
    } else {
      damages.add(new DumpDamage(segment.fileFrom(), segment.fileTo(), reason));
    }
  }

  /** The numbers of missing blocks, as far as a later block is present. */
  private BitSet missingBlocks() {
    BitSet missing = new BitSet();
    missing.set(1, Math.max(1, blocks.length()));
    missing.andNot(blocks);
    return missing;
  }

  /** Adds a damage for every range of missing blocks that no other damage names. */
  private void addMissingBlocks(List<DumpDamage> reported) {
    BitSet missing = missingBlocks();
    for (DumpDamage damage : reported) {
      Matcher named = BLOCK_REASON.matcher(damage.reason());
      if (named.find()) {
        missing.clear(Integer.parseInt(named.group(1)));
      }
    }
    if (missing.cardinality() == 1
        && unidentified.cardinality() == 1
        && header.isPresent()
        && reported.size() < MAX_DAMAGES) {
      int block = unidentified.nextSetBit(0);
      DumpDamage damage = reported.get(block);
      String reason = BLOCK_REASON.matcher(damage.reason()).replaceFirst("");
      reported.set(
          block,
          new DumpDamage(
              damage.from(), damage.to(), "block %d: %s".formatted(missing.nextSetBit(0), reason)));
      missing.clear();
    }
    for (int from = missing.nextSetBit(0); from > 0; ) {
      int to = missing.nextClearBit(from);
      if (reported.size() >= MAX_DAMAGES) {
        DumpDamage last = reported.get(MAX_DAMAGES - 1);
        reported.set(MAX_DAMAGES - 1, new DumpDamage(last.from(), end, MORE));
        return;
      }
      String which = from == to - 1 ? "block " + from : "blocks %d to %d".formatted(from, to - 1);
      reported.add(new DumpDamage(end, end, which + ": missing"));
      from = missing.nextSetBit(to);
    }
  }

  private String beginning() throws IOException {
    FileFormat format = FileFormat.detect(SegmentReader.firstBytes(channel, FIRST_BYTES));
    return format == FileFormat.CACHE
        ? "like no other format that can be restored: memcached-tool, csv or ndjson"
        : "like " + format;
  }

  /**
   * The result of the check, once {@link #nextBlock} has returned null.
   *
   * @param modified the time of the file, for a dump without a readable header
   */
  CheckResult summary(Instant modified) throws IOException {
    if (header.isEmpty() && entries == 0 && !sawEnd) {
      return CheckResult.unreadable(
          modified, end, "nothing in it is a part of a dump; it begins " + beginning());
    }
    List<DumpDamage> all = new ArrayList<>(damages);
    addMissingBlocks(all);
    if (header.isEmpty()) {
      all.add(0, new DumpDamage(0, 0, "its first line is missing"));
    }
    if (!sawEnd) {
      all.add(new DumpDamage(end, end, "it is cut off: its last lines are missing"));
    }
    return new CheckResult(
        header.orElseGet(() -> new DumpHeader(modified, List.of(), "")),
        entries,
        end,
        account,
        sha256,
        blockSums,
        all);
  }
}
