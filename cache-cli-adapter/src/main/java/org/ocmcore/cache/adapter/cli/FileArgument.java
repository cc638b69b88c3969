package org.ocmcore.cache.adapter.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a file, as an argument. */
final class FileArgument implements ITypeConverter<Path> {
  @Override
  public Path convert(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("the name of the file is empty");
    }
    if (text.equals("-")) {
      throw new TypeConversionException(
          "\"-\" is not supported: a dump is a file, which is read back and checked before it counts");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      if (!UnreadableArgument.isReadable(text)) {
        throw new TypeConversionException(
            "\"%s\": %s".formatted(text, UnreadableArgument.reason("FILE")));
      }
      throw new TypeConversionException("\"%s\" is no path: %s".formatted(text, e.getReason()));
    }
  }
}
