package org.ocmcore.cache.adapter.cli;

import java.util.OptionalLong;

/** Shows people what a key holds: a name and a fact a line. */
final class PlainEntry {
  private final OutputOptions output;
  private final CommandContext context;

  PlainEntry(OutputOptions output, CommandContext context) {
    this.output = output;
    this.context = context;
  }

  void print(EntryView entry) {
    printKey(entry.key());
    printTtl(entry.ttlSeconds());
    print("size", output.bytes(entry.sizeBytes()));
    print("flags", Long.toString(entry.flags()));
    print("server", entry.server());
    print(
        "value",
        "%s (%s)"
            .formatted(
                entry.encoding().equals("hidden") ? "shown to nobody" : entry.text(),
                entry.encoding()));
  }

  void print(MetadataView found) {
    printKey(found.key());
    printTtl(found.ttlSeconds());
    print("size", output.bytes(found.sizeBytes()));
    found.flags().ifPresent(flags -> print("flags", Long.toString(flags)));
    found.lastAccessSeconds().ifPresent(idle -> print("idle", output.seconds(idle)));
    print("fetched", found.fetched() ? "yes" : "no");
    print("server", found.server());
  }

  /** With the content in as many lines as it has. */
  void print(DecodedView view) {
    printKey(view.key());
    print("size", output.bytes(view.sizeBytes()));
    print("flags", Long.toString(view.flags()));
    print("server", view.server());
    view.steps()
        .forEach(step -> print(
            "step",
            "%s: %s, %s".formatted(step.decoder(), step.reason(), output.bytes(step.bytes()))));
    print("format", view.format());
    view.notes().forEach(note -> print("note", note));
    view.content()
        .ifPresent(
            content -> content.lines().map(TerminalText::value).forEach(context.out()::println));
    if (view.truncated()) {
      context.printMessage("%s of %s characters are shown"
          .formatted(
              Formats.count(view.content().map(String::length).orElse(0)),
              Formats.count(view.length())));
    }
  }

  private void printKey(String key) {
    print("key", TerminalText.key(key));
  }

  private void printTtl(OptionalLong seconds) {
    print("ttl", seconds.isPresent() ? output.seconds(seconds.getAsLong()) : "never");
  }

  private void print(String name, String fact) {
    context.out().println("%-8s%s".formatted(name, fact));
  }
}
