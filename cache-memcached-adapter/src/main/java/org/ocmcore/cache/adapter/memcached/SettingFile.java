package org.ocmcore.cache.adapter.memcached;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the small files that settings name. */
final class SettingFile {
  private SettingFile() {}

  /**
   * Returns the text of a file; never reads more than it may have, because it may have no end.
   *
   * @throws IllegalArgumentException if it cannot be read, has more bytes or is no such text; the
   *     message has nothing of its content
   */
  static String read(Path file, int mostBytes, Charset charset) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(mostBytes + 1);
    } catch (IOException e) {
      throw new IllegalArgumentException(reason(file, e), e);
    }
    if (bytes.length > mostBytes) {
      throw new IllegalArgumentException(
          "it has more than %,d bytes, so it is another file".formatted(mostBytes));
    }
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("it is not text in " + charset, e);
    }
  }

  private static String reason(Path file, IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "this process may not read it";
    }
    return Files.isDirectory(file) ? "it is a folder" : "it cannot be read";
  }
}
