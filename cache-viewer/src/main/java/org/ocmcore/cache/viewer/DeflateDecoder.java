package org.ocmcore.cache.viewer;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Deflate with the header and checksum of zlib, or without. */
final class DeflateDecoder implements ByteDecoder {
  static final DeflateDecoder ZLIB = new DeflateDecoder("zlib", false);
  static final DeflateDecoder RAW = new DeflateDecoder("deflate", true);

  private final String name;
  private final boolean isRaw;

  private DeflateDecoder(String name, boolean isRaw) {
    this.name = name;
    this.isRaw = isRaw;
  }

  @Override
  public String name() {
    return name;
  }

  /** Raw deflate has no mark. */
  @Override
  public String evidence(byte[] value) {
    if (isRaw || value.length < 8 || value[0] != 0x78) {
      return "";
    }
    int second = value[1] & 0xff;
    boolean fits = (0x7800 | second) % 31 == 0 && (second & 0x20) == 0;
    return fits ? String.format("begins with 78 %02x", second) : "";
  }

  @Override
  public byte[] decode(byte[] value, ViewBudget budget) {
    return budget.decode(name, value.length, out -> decode(value, out));
  }

  private void decode(byte[] value, DecodedBytes out) {
    Inflater inflater = new Inflater(isRaw);
    try {
      inflater.setInput(value);
      byte[] buffer = new byte[8192];
      while (!inflater.finished()) {
        int read = inflater.inflate(buffer);
        out.write(buffer, 0, read);
        if (read == 0 && !inflater.finished()) {
          throw new DecodingException(
              name,
              inflater.needsDictionary()
                  ? "the value needs a dictionary, which is not in it"
                  : "the value ends too early");
        }
      }
      if (inflater.getRemaining() > 0) {
        throw new DecodingException(
            name, inflater.getRemaining() + " bytes follow after the value's end");
      }
    } catch (DataFormatException e) {
      throw new DecodingException(name, "the value is no " + name + ": " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }
}
