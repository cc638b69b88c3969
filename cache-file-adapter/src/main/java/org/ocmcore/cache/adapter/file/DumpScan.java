package org.ocmcore.cache.adapter.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.ocmcore.cache.domain.entry.CacheEntry;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a dump from its beginning and checks all of it on the way: at the end, it is whole. For one
 * thread.
 */
final class DumpScan {
  private final LineSource lines;
  private final MessageDigest digest = DumpFormat.sha256();
  private final DumpHeader header;
  private long entries;
  private DumpSummary summary;

  /** @throws Damaged if the first line is not that of a dump that can be read here */
  DumpScan(FileChannel channel) throws IOException {
    DumpHeader.require(channel);
    channel.position(0);
    lines = new LineSource(channel);
    lines.advance();
    lines.addTo(digest);
    header = DumpHeader.read(lines);
  }

  /** Checks a whole file; what the checkpoint throws, which is run at each line, ends that. */
  static DumpSummary check(FileChannel channel, Runnable checkpoint) throws IOException {
    DumpScan scan = new DumpScan(channel);
    CacheEntry entry;
    do {
      checkpoint.run();
      entry = scan.next();
    } while (entry != null);
    return scan.summary;
  }

  /**
   * The next entry, or null at the end, when {@link #summary} is there.
   *
   * @throws Damaged if the file is not as it was written
   */
  CacheEntry next() throws IOException {
    if (summary != null) {
      return null;
    }
    if (!lines.advance()) {
      throw new Damaged(
          "it is cut off after line %d: its closing line is missing".formatted(lines.number() - 1));
    }
    if (lines.startsWith(DumpFormat.TRAILER_START)) {
      summary = end();
      return null;
    }
    lines.addTo(digest);
    entries++;
    return EntryLine.read(lines);
  }

  /** What was read, once {@link #next} has returned null. */
  DumpSummary summary() {
    return summary;
  }

  private DumpSummary end() throws IOException {
    String sha256 = HexFormat.of().formatHex(digest.digest());
    byte[] trailer = DumpFormat.trailer(entries, lines.bytesBefore(), sha256);
    if (!lines.is(trailer)) {
      throw mismatch(sha256);
    }
    DumpSummary whole = new DumpSummary(header.createdAt(), entries, lines.bytes(), sha256);
    if (lines.advance()) {
      throw new Damaged("something follows its closing line, in line " + lines.number());
    }
    return whole;
  }

  private Damaged mismatch(String sha256) {
    String line = "its closing line, line %d, ".formatted(lines.number());
    try (JsonParser json = lines.json()) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (name.equals("entries") && differs(token, json, entries)) {
          return new Damaged(
              line + "counts %s entries, but there are %d".formatted(json.getString(), entries));
        }
        if (name.equals("bytes") && differs(token, json, lines.bytesBefore())) {
          return new Damaged(line
              + "counts %s bytes, but there are %d"
                  .formatted(json.getString(), lines.bytesBefore()));
        }
        if (name.equals("sha256") && !json.getString().equals(sha256)) {
          return new Damaged(line + "has another checksum: some line before it was changed");
        }
      }
    } catch (JacksonException e) {
      return new Damaged(line + "is not valid JSON");
    }
    return new Damaged(line + "is not as it was written");
  }

  private static boolean differs(JsonToken token, JsonParser json, long expected) {
    return token != JsonToken.VALUE_NUMBER_INT || !json.getString().equals(Long.toString(expected));
  }
}
