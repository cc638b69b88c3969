package org.ocmcore.cache.viewer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Gzip of one or several members. */
final class GzipDecoder implements ByteDecoder {
  @Override
  public String name() {
    return "gzip";
  }

  @Override
  public String evidence(byte[] value) {
    boolean fits =
        value.length >= 10 && value[0] == 0x1f && value[1] == (byte) 0x8b && value[2] == 8;
    return fits ? "begins with 1f 8b 08" : "";
  }

  @Override
  public byte[] decode(byte[] value, ViewBudget budget) {
    DecodedBytes out = budget.output(name(), value.length);
    byte[] buffer = new byte[8192];
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(value))) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new DecodingException(name(), "the value is no whole gzip: " + e.getMessage(), e);
    }
    return out.take();
  }
}
