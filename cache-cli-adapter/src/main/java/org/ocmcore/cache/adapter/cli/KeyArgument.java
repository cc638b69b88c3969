package org.ocmcore.cache.adapter.cli;

import java.io.ByteArrayOutputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Scanner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ocmcore.cache.domain.key.CacheKey;
import picocli.CommandLine.Option;

/** How keys are given as arguments: as lists show them, or in base64. */
final class KeyArgument {
  /** What stands in lists for bytes that are not shown. */
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\x(?:([0-9a-fA-F]{2})|\\{([0-9a-fA-F]{1,6})})");

  private static final int SHOWN = 60;
  private static final int HEXADECIMAL = 16;

  @Option(
      names = "--base64",
      description = "KEYs are in base64, as key_base64 has them, for keys that are no plain text")
  private boolean isBase64;

  /** @throws WrongUsage if no server holds such a key; says why */
  CacheKey parse(String text) {
    if (!UnreadableArgument.isReadable(text)) {
      throw UnreadableArgument.of("KEY", text);
    }
    try {
      return CacheKey.ofBytes(isBase64 ? Base64.getDecoder().decode(text) : unescaped(text));
    } catch (IllegalArgumentException e) {
      throw new WrongUsage(
          "KEY is \"%s\": %s".formatted(TerminalText.shortened(text, SHOWN), e.getMessage()));
    }
  }

  /**
   * Keys of a stream, each ended by a line end or a zero byte; nothing between two ends is no key.
   *
   * @throws IOException if the stream cannot be read
   * @throws WrongUsage as {@link #parse}, and if the last key has no end: what wrote it may have
   *     been stopped in the middle, and then it is the beginning of a key
   */
  List<CacheKey> parseAll(InputStream in) throws IOException {
    List<CacheKey> keys = new ArrayList<>();
    LastCharacter read = new LastCharacter(new InputStreamReader(in, StandardCharsets.UTF_8));
    Scanner words = new Scanner(read);
    words.useDelimiter("(\\r?\\n|\\x00)+");
    while (words.hasNext()) {
      String word = words.next();
      try {
        keys.add(parse(word));
      } catch (WrongUsage e) {
        throw new WrongUsage("key %d of standard input: %s; nothing was done"
            .formatted(keys.size() + 1, e.getMessage()));
      }
    }
    if (words.ioException() != null) {
      throw words.ioException();
    }
    if (!keys.isEmpty() && read.last != '\n' && read.last != 0) {
      throw new WrongUsage(
          "standard input ends in the middle of key %d: there is no line end or zero byte after it; nothing was done"
              .formatted(keys.size()));
    }
    return keys;
  }

  /** Remembers what was read last. */
  private static final class LastCharacter extends FilterReader {
    private char last;

    LastCharacter(Reader in) {
      super(in);
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
      int count = super.read(into, from, length);
      if (count > 0) {
        last = into[from + count - 1];
      }
      return count;
    }
  }

  private static byte[] unescaped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher escape = ESCAPE.matcher(text);
    int from = 0;
    while (escape.find()) {
      bytes.writeBytes(text.substring(from, escape.start()).getBytes(StandardCharsets.UTF_8));
      if (escape.group(1) != null) {
        bytes.write(Integer.parseInt(escape.group(1), HEXADECIMAL));
      } else {
        int character = Integer.parseInt(escape.group(2), HEXADECIMAL);
        bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
      }
      from = escape.end();
    }
    bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }
}
