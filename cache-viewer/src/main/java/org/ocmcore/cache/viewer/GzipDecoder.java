package org.ocmcore.cache.viewer;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Gzip of one or several members. Java's own stream calls itself for each member, so that many
 * empty ones overflow the stack.
 */
final class GzipDecoder implements ByteDecoder {
  private static final int MAGIC = 0x1f8b08;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int MAX_FLAGS = 31;

  @Override
  public String name() {
    return "gzip";
  }

  @Override
  public String evidence(byte[] value) {
    boolean fits = value.length >= 18 && new ViewInput(name(), value).bigEndian(3) == MAGIC;
    return fits ? "begins with 1f 8b 08" : "";
  }

  @Override
  public byte[] decode(byte[] value, ViewBudget budget) {
    return budget.decode(name(), value.length, out -> decode(value, budget, out));
  }

  private void decode(byte[] value, ViewBudget budget, DecodedBytes out) {
    ViewInput in = new ViewInput(name(), value);
    Inflater inflater = new Inflater(true);
    byte[] buffer = new byte[8192];
    try {
      do {
        budget.checkTime(name());
        member(value, in, inflater, buffer, out);
      } while (!in.isAtEnd());
    } catch (DataFormatException e) {
      throw new DecodingException(name(), "the value is damaged: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  /** @param buffer for all members, as there may be many */
  private void member(
      byte[] value, ViewInput in, Inflater inflater, byte[] buffer, DecodedBytes out)
      throws DataFormatException {
    if (in.bigEndian(3) != MAGIC) {
      throw in.malformed("no member begins with 1f 8b 08");
    }
    header(in);
    inflater.reset();
    inflater.setInput(value, in.position(), in.remaining());
    CRC32 checksum = new CRC32();
    while (!inflater.finished()) {
      int read = inflater.inflate(buffer);
      if (read == 0 && !inflater.finished()) {
        throw new DecodingException(name(), "the value ends too early");
      }
      checksum.update(buffer, 0, read);
      out.write(buffer, 0, read);
    }
    in.skip(in.remaining() - inflater.getRemaining());
    if (in.littleEndian(4) != checksum.getValue()) {
      throw in.malformed("the checksum is wrong");
    }
    if (in.littleEndian(4) != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw in.malformed("the length is wrong");
    }
  }

  private static void header(ViewInput in) {
    int flags = in.u8();
    if (flags > MAX_FLAGS) {
      throw in.malformed("there are no flags " + flags);
    }
    // The time, a hint about the compression, and the system.
    in.skip(6);
    if ((flags & EXTRA) != 0) {
      in.skip(in.littleEndian(2));
    }
    if ((flags & NAME) != 0) {
      in.skipPast('\0');
    }
    if ((flags & COMMENT) != 0) {
      in.skipPast('\0');
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      in.skip(2);
    }
  }
}
