package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cache get}: shows values. */
@Command(
    name = "get",
    header = "Show keys with their values.",
    description = {
      "Reading a value counts as a hit, as for any client. Exit status 6 if a key is not there.",
      "Values of keys that CACHE_HIDE_VALUES hides are not shown."
    })
final class GetCommand implements Callable<Integer> {
  private final CommandHost host;
  private final CommandContext context;

  @Parameters(paramLabel = "KEY", arity = "1..*", description = "keys, as lists show them")
  private List<String> keys;

  @Option(
      names = "--raw",
      description = "the bytes of one value alone, as they are; JSON of the API without its spaces")
  private boolean isRaw;

  @Mixin
  private OutputOptions output;

  @Mixin
  private KeyArgument form;

  @Mixin
  private TargetOptions target;

  @Mixin
  private HelpOption help;

  GetCommand(CommandHost host, CommandContext context) {
    this.host = host;
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    if (isRaw && keys.size() > 1) {
      throw new WrongUsage("--raw takes one key, since nothing marks the end of a value");
    }
    output.requireNoCsv();
    keys.forEach(form::parse);
    try (Fleet fleet = target.open(host, context)) {
      int status = Exit.DONE;
      for (String key : keys) {
        var entry = fleet.get(form.parse(key));
        if (entry.isEmpty()) {
          context.printMessage("there is no key %s".formatted(key));
          status = Exit.NOT_FOUND;
        } else {
          print(entry.get());
        }
      }
      return status;
    }
  }

  private void print(EntryView entry) {
    if (isRaw) {
      context.rawOut().writeBytes(bytes(entry));
      context.rawOut().flush();
    } else if (output.isTable()) {
      printPlain(entry);
    } else {
      context.out().println(JsonOutput.line(entry));
    }
  }

  private static byte[] bytes(EntryView entry) {
    return switch (entry.encoding()) {
      case "base64" -> Base64.getDecoder().decode(entry.value().stringValue());
      case "text" -> entry.value().stringValue().getBytes(StandardCharsets.UTF_8);
      case "json" -> JsonOutput.line(entry.value()).getBytes(StandardCharsets.UTF_8);
      default -> throw new WrongUsage("the value of %s is shown to nobody".formatted(entry.key()));
    };
  }

  private void printPlain(EntryView entry) {
    context.out().println("key     " + entry.key());
    context
        .out()
        .println("ttl     "
            + (entry.ttlSeconds().isPresent()
                ? Durations.text(entry.ttlSeconds().getAsLong())
                : "never"));
    context.out().println("size    " + Formats.bytes(entry.sizeBytes()));
    context.out().println("flags   " + entry.flags());
    context.out().println("server  " + entry.server());
    context
        .out()
        .println("value   %s (%s)"
            .formatted(
                switch (entry.encoding()) {
                  case "json" -> JsonOutput.line(entry.value());
                  case "hidden" -> "shown to nobody";
                  default -> entry.value().stringValue();
                },
                entry.encoding()));
  }
}
