package org.ocmcore.cache.adapter.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ocmcore.cache.domain.key.CacheKey;
import org.ocmcore.cache.viewer.DecoderChain;
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
final class GetCommand extends Verb {
  @Parameters(paramLabel = "KEY", arity = "1..*", description = "keys, as lists show them")
  private List<String> keys;

  @Option(
      names = "--raw",
      description = "the bytes of one value alone, as they are; JSON of the API without its spaces")
  private boolean isRaw;

  @Option(
      names = "--decode",
      paramLabel = "auto|none|CHAIN",
      description =
          "show what the value is: auto finds out, CHAIN is such as base64,gzip,json; nothing is executed")
  private String decoders;

  @Option(
      names = "--meta",
      description = "what is known without the value; counts as no read and touches nothing")
  private boolean isMeta;

  @Mixin
  private OutputOptions output;

  @Mixin
  private KeyArgument form;

  @Mixin
  private TargetOptions target;

  GetCommand(CommandHost host, CommandContext context) {
    super(host, context);
  }

  @Override
  public Integer call() throws IOException {
    if (isRaw && keys.size() > 1) {
      throw new WrongUsage("--raw takes one key, since nothing marks the end of a value");
    }
    if (isRaw && decoders != null) {
      throw new WrongUsage("give --raw or --decode, not both");
    }
    if (isMeta && (isRaw || decoders != null)) {
      throw new WrongUsage("give --meta or %s, not both".formatted(isRaw ? "--raw" : "--decode"));
    }
    DecoderChain chain = decoders == null ? null : chain();
    keys.forEach(form::parse);
    try (CommandTarget cache = target.open(host(), context())) {
      if (isMeta) {
        return show(cache::inspect, MetadataView.COLUMNS, this::print);
      }
      return chain == null
          ? show(cache::get, EntryView.COLUMNS, this::print)
          : show(key -> cache.decode(key, chain), DecodedView.COLUMNS, this::print);
    }
  }

  private <T> int show(
      Function<CacheKey, Optional<T>> finder, List<Column<T>> columns, Consumer<T> plain) {
    int status = Exit.DONE;
    try (RowPrinter<T> rows = isRaw || output.isTable()
        ? RowPrinter.of(plain)
        : output.lines(columns, context().out())) {
      for (String key : keys) {
        Optional<T> found = finder.apply(form.parse(key));
        found.ifPresent(rows::print);
        if (found.isEmpty()) {
          context().printMessage("there is no key %s".formatted(key));
          status = Exit.NOT_FOUND;
        }
      }
    }
    return status;
  }

  private DecoderChain chain() {
    try {
      return DecoderChain.parse(decoders);
    } catch (IllegalArgumentException e) {
      throw FilterOptions.wrong("--decode", decoders, e.getMessage());
    }
  }

  private void print(DecodedView view) {
    context().out().println("key     " + view.key());
    context().out().println("size    " + Formats.bytes(view.sizeBytes()));
    context().out().println("flags   " + view.flags());
    context().out().println("server  " + view.server());
    view.steps()
        .forEach(step -> context()
            .out()
            .println("step    %s: %s, %s"
                .formatted(step.decoder(), step.reason(), Formats.bytes(step.bytes()))));
    context().out().println("format  " + view.format());
    view.notes().forEach(note -> context().out().println("note    " + note));
    view.content().ifPresent(content -> content.lines().forEach(context().out()::println));
    if (view.truncated()) {
      context()
          .printMessage("%s of %s characters are shown"
              .formatted(
                  Formats.count(view.content().map(String::length).orElse(0)),
                  Formats.count(view.length())));
    }
  }

  private void print(EntryView entry) {
    if (isRaw) {
      context().rawOut().writeBytes(bytes(entry));
      context().rawOut().flush();
    } else {
      printPlain(entry);
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

  private void print(MetadataView found) {
    context().out().println("key     " + found.key());
    printTtl(found.ttlSeconds());
    context().out().println("size    " + Formats.bytes(found.sizeBytes()));
    found.flags().ifPresent(flags -> context().out().println("flags   " + flags));
    found
        .lastAccessSeconds()
        .ifPresent(idle -> context().out().println("idle    " + Durations.text(idle)));
    context().out().println("fetched " + (found.fetched() ? "yes" : "no"));
    context().out().println("server  " + found.server());
  }

  private void printTtl(OptionalLong seconds) {
    context()
        .out()
        .println(
            "ttl     " + (seconds.isPresent() ? Durations.text(seconds.getAsLong()) : "never"));
  }

  private void printPlain(EntryView entry) {
    context().out().println("key     " + entry.key());
    printTtl(entry.ttlSeconds());
    context().out().println("size    " + Formats.bytes(entry.sizeBytes()));
    context().out().println("flags   " + entry.flags());
    context().out().println("server  " + entry.server());
    context()
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
