package org.ocmcore.cache.viewer;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Zstandard of one or several frames. */
final class ZstdDecoder implements ByteDecoder {
  /** 64 MiB: a frame may not ask for a larger window, since memory for it is taken at once. */
  private static final int MAX_WINDOW = 26;

  @Override
  public String name() {
    return "zstd";
  }

  @Override
  public String evidence(byte[] value) {
    boolean fits = value.length >= 6 && new ViewInput(name(), value).littleEndian(4) == 0xfd2fb528L;
    return fits ? "begins with 28 b5 2f fd" : "";
  }

  @Override
  public byte[] decode(byte[] value, ViewBudget budget) {
    if (evidence(value).isEmpty()) {
      throw new DecodingException(name(), "the value does not begin with 28 b5 2f fd");
    }
    // The library takes the window of the frame as its own memory, beside that of Java.
    long window = ZstdFrames.largestWindow(value, MAX_WINDOW);
    budget.take(window);
    try {
      return budget.decode(name(), value.length, out -> decode(value, out));
    } finally {
      budget.giveBack(window);
    }
  }

  private void decode(byte[] value, DecodedBytes out) {
    byte[] buffer = new byte[8192];
    try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(value))) {
      in.setLongMax(MAX_WINDOW);
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new DecodingException(name(), "the value is no whole zstd: " + e.getMessage(), e);
    }
  }
}
