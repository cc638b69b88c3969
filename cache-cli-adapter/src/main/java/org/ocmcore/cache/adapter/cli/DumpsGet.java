package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cache dumps get}. */
@Command(
    name = "get",
    header = "Fetch the file of a dump from a service.",
    description = {
      "It holds all values, also those that CACHE_HIDE_VALUES hides. It gets its name when it is whole,",
      "and only you may read it. cache verify checks it."
    })
final class DumpsGet extends Verb {
  private static final String STANDARD_OUTPUT = "-";

  @Parameters(paramLabel = "NAME", description = "a dump, as dumps ls names it")
  private String name;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "where to write it; - for standard output (default NAME in this folder)")
  private String file;

  @Option(names = "--force", description = "replace FILE if it exists")
  private boolean replaces;

  @Mixin
  private ServiceOptions service;

  DumpsGet(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    RestClient api = service.require(context());
    String path = DumpsCommand.path(name) + "/file";
    if (STANDARD_OUTPUT.equals(file)) {
      try (InputStream bytes = api.download(path)) {
        copy(bytes);
      }
      return Exit.DONE;
    }
    Path target = target();
    SavedFile saved = new SavedFile(target, replaces);
    try (InputStream bytes = api.download(path)) {
      context().out().println("%s (%s)".formatted(target, Formats.bytes(save(bytes, saved))));
    }
    return Exit.DONE;
  }

  private void copy(InputStream bytes) throws IOException {
    try {
      bytes.transferTo(context().result());
    } catch (RequestProblem e) {
      throw e.saying("; what was written is a part of it; try again");
    }
  }

  private static long save(InputStream bytes, SavedFile saved) throws IOException {
    try {
      return saved.write(bytes);
    } catch (RequestProblem e) {
      throw e.saying("; nothing was kept; try again");
    }
  }

  private Path target() {
    if (file != null) {
      return new FileArgument().convert(file);
    }
    Path target = new FileArgument().convert(name);
    if (target.getNameCount() != 1 || target.isAbsolute() || name.equals("..")) {
      throw new WrongUsage("NAME is \"%s\": it is no name of a dump".formatted(name));
    }
    return target;
  }
}
