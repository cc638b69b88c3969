package org.ocmcore.cache.viewer;

/** LZ4 in its frame format, of one or several frames. Dictionaries are refused. */
final class Lz4Decoder implements ByteDecoder {
  private static final long MAGIC = 0x184d2204L;
  private static final long SKIPPED = 0x184d2a50L;
  private static final int BLOCK_CHECKSUM = 0x10;
  private static final int SIZE = 0x08;
  private static final int CHECKSUM = 0x04;
  private static final int DICTIONARY = 0x01;

  @Override
  public String name() {
    return "lz4";
  }

  @Override
  public String evidence(byte[] value) {
    boolean fits = value.length >= 11 && new ViewInput(name(), value).littleEndian(4) == MAGIC;
    return fits ? "begins with 04 22 4d 18" : "";
  }

  @Override
  public byte[] decode(byte[] value, ViewBudget budget) {
    return budget.decode(name(), value.length, out -> decode(value, budget, out));
  }

  private void decode(byte[] value, ViewBudget budget, DecodedBytes out) {
    ViewInput in = new ViewInput(name(), value, budget);
    do {
      budget.checkTime(name());
      long magic = in.littleEndian(4);
      if (magic == MAGIC) {
        frame(in, out);
      } else if ((magic & ~0xfL) == SKIPPED) {
        in.skip(in.littleEndian(4));
      } else {
        throw in.malformed("no frame begins with 04 22 4d 18");
      }
    } while (!in.isAtEnd());
  }

  private static void frame(ViewInput in, DecodedBytes out) {
    int from = in.position();
    int start = out.size();
    int flags = in.u8();
    if (flags >> 6 != 1 || (flags & DICTIONARY) != 0) {
      throw in.malformed("the frame is of another version or needs a dictionary");
    }
    in.u8();
    long size = (flags & SIZE) != 0 ? in.littleEndian(8) : -1;
    int header = XxHash32.of(in.since(from)) >> 8 & 0xff;
    require(in, header == in.u8(), "the header");
    for (long block = in.littleEndian(4); block != 0; block = in.littleEndian(4)) {
      byte[] bytes = in.take(block & 0x7fffffffL);
      if ((flags & BLOCK_CHECKSUM) != 0) {
        require(in, XxHash32.of(bytes) == (int) in.littleEndian(4), "a block");
      }
      if (block >> 31 != 0) {
        out.write(bytes, 0, bytes.length);
      } else {
        block(new ViewInput("lz4", bytes), out);
      }
    }
    if ((flags & CHECKSUM) != 0) {
      int checksum = (int) in.littleEndian(4);
      require(in, !out.isKept() || out.hashSince(start) == checksum, "the content");
    }
    int length = out.size() - start;
    if (size != -1 && size != length) {
      throw in.malformed(length + " bytes came out, where the frame says " + size);
    }
  }

  private static void require(ViewInput in, boolean holds, String part) {
    if (!holds) {
      throw in.malformed("the checksum of " + part + " is wrong");
    }
  }

  private static void block(ViewInput in, DecodedBytes out) {
    while (true) {
      int token = in.u8();
      in.copyTo(out, length(in, token >> 4));
      if (in.isAtEnd()) {
        return;
      }
      int distance = (int) in.littleEndian(2);
      out.repeat(distance, length(in, token & 15) + 4);
    }
  }

  private static int length(ViewInput in, int first) {
    int length = first;
    if (first == 15) {
      int more;
      do {
        more = in.u8();
        length += more;
      } while (more == 255);
    }
    return length;
  }
}
